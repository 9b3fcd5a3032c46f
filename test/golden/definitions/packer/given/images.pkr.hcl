packer {
  required_plugins {
    openstack = {
      version = ">= 1.1.1"
      source  = "github.com/hashicorp/openstack"
    }
  }
}

source "openstack" "base_image" {
  flavor       = "${var.build_flavor}"
  image_name   = "${local.base_image_name}"
#  external_source_image_format = "qcow2"
  ssh_username = "debian"
  networks = "${var.network_ids}"
  metadata = {
    hw_disk_bus = "scsi"
    hw_qemu_guest_agent = "yes",
    hw_rng_model = "virtio",
    hw_vif_model = "virtio"
  }
}

source "openstack" "database_image" {
  flavor       = "${var.build_flavor}"
  image_name   = "database.${local.suffix}"
  source_image_name = "${local.base_image_name}"
  metadata = {
    hw_disk_bus = "scsi"
    hw_vif_model = "virtio"
  }
}

source "openstack" "web_image" {
  flavor            = var.build_flavor
  image_name        = "web"
  source_image_name = local.base_image_name
}

build {
  name = "step1"
  sources = ["source.openstack.base_image"]
}
