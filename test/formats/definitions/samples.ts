/** Definitions in the shapes that public repositories have them, made up for the tests. */

export const TERRAFORM_LOCALS = `locals {
  zone = "nova"
  hosts = [
    "a-001.example",
    "a-002.example",
  ]
  mapping = file("\${var.dir}/create.sh")

  flavor_c2_disk = "80"
  flavor_c2_extra_specs = {
    "hw_rng:allowed" = "true",
    "hw_rng:rate_bytes" = "2048",
    "hw_rng:rate_period" = "1",
    "aggregate_instance_extra_specs:flavor" = "c2",
  }
  flavor_g2_extra_specs = {
    "aggregate_instance_extra_specs:flavor" = "g2",
  }
}
`;

export const TERRAFORM_FLAVORS = `# the standard ones
resource "openstack_compute_flavor_v2" "c2_small" {
  name  = "c2.small"
  ram   = "2048"
  vcpus = "1"
  disk  = local.flavor_c2_disk
  extra_specs = local.flavor_c2_extra_specs
}

resource "openstack_compute_flavor_v2" "g2_small" {
  name        = "g2.small"
  ram         = 2048
  extra_specs = local.flavor_g2_extra_specs // shared
}

resource "openstack_compute_flavor_v2" "bare" {
  name  = "bare"
  ram   = 1024
  vcpus = 1
}

resource "openstack_compute_flavor_v2" "good" {
  name = "good"
  extra_specs = merge(local.flavor_g2_extra_specs, {
    "hw_rng:allowed" = "True"
  })
}

resource "openstack_compute_flavor_v2" "later" {
  name        = "later"
  extra_specs = var.extra_specs
}
`;

export const TERRAFORM_IMAGES = `resource "openstack_images_image_v2" "old_syntax" {
  name = "SLES 15"
  properties {
    hw_rng_model = "virtio"
  }
}

resource "openstack_images_image_v2" "debian" {
  name = "Debian 12"
  properties = {
    hw_disk_bus  = "scsi"
    hw_rng_model = "qemu-virtio" # as in the old cloud
  }
}

resource "openstack_images_image_v2" "empty" {
  name       = "Alpine"
  properties = {}
}

data "openstack_images_image_v2" "found" {
  name = "not ours"
}
`;

export const FLAVOR_MANAGER = `---
reference:
  - field: name
    mandatory_prefix: SCS-
  - field: public
    default: true
mandatory:
  - name: "SCS-1V-4"
    cpus: 1
    ram: 4096
    disk: 0
    "scs:cpu-type": "shared-core"
    "hw_rng:allowed": "True"
  - name: "SCS-2V-8"
    cpus: 2
    ram: 8192
    disk: 0
    "scs:cpu-type": "shared-core"   # no hyperthreading
recommended:
  - name: "SCS-4V-16"
    cpus: 4
    ram: 16384
    disk: 0
    hw_rng:allowed: True
`;

export const IMAGE_MANAGER = `---
images:
  - name: Debian 12
    format: qcow2
    login: debian
    meta:
      architecture: x86_64
      hw_rng_model: virtio
    tags: []
    versions:
      - version: '20240101'
        url: https://images.example/debian-12.qcow2
      - version: '20240201'
        url: https://images.example/debian-12-new.qcow2
        meta:
          hw_rng_model: bochs
  - name: CirrOS
    format: qcow2
    login: cirros
    meta:
      architecture: x86_64
      os_distro: cirros
    versions: []
`;

export const ANSIBLE_PLAYBOOK = `---
- name: Flavors
  hosts: localhost
  tasks:
    - name: "Create SCS-4V-8"
      openstack.cloud.compute_flavor:
        cloud: admin
        name: "SCS-4V-8"
        ram: 8192
        vcpus: 4
        extra_specs:
          "local_storage": "false"
          "hw_rng:allowed": "True"
    - name: "Create bare"
      os_nova_flavor:
        name: bare
        ram: 1
        vcpus: 1
    - name: Several
      block:
        - openstack.cloud.compute_flavor:
            name: "{{ item.name }}"
            extra_specs: "{{ item.extra_specs | default(omit) }}"
          loop: "{{ flavors }}"
        - openstack.cloud.image:
            name: rocky
            properties: { os_distro: rocky }
    - name: Old one
      openstack.cloud.compute_flavor:
        name: gone
        state: absent
`;

export const ANSIBLE_VARS = `---
openstack_flavors:
  - "{{ openstack_flavor_m1_tiny }}"

openstack_flavor_m1_tiny:
  name: "m1.tiny"
  ram: 512
  disk: 1
  vcpus: 1

openstack_image_rocky9:
  name: "Rocky9"
  type: raw
  properties:
    os_type: "linux"
    hw_rng_model: "virtio"
`;

export const HEAT = `heat_template_version: 2021-04-16
resources:
  small:
    type: OS::Nova::Flavor
    properties:
      ram: 1024
      vcpus: 1
      extra_specs: { "hw:cpu_policy": dedicated }
  wanted:
    type: OS::Nova::Flavor
    properties:
      name: wanted
      ram: 1024
      vcpus: 1
      extra_specs:
        hw_rng:allowed: { get_param: rng }
  image:
    type: OS::Glance::WebImage
    properties:
      name: cirros
      location: https://images.example/cirros.img
`;

export const OWN_YAML = `---
public: true
properties:
  hw_rng:allowed: 1
  hw_rng:rate_bytes: 100000
  hw_rng:rate_period: 60
m1: # (4x)
  'm1.tiny': # [1-0,5-1]
    vcpus: 1
    ram: 512
  'm1.small':
    vcpus: 1
    ram: 2048
`;
