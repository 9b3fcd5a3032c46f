resource "openstack_images_image_v2" "cirros" {
  name             = "cirros-0.6"
  container_format = "bare"
  disk_format      = "qcow2"
  local_file_path  = var.local_path != "" ? var.local_path : null

  properties = {
    os_distro    = "cirros"
    hw_rng_model = "virtio"
  }

  tags = ["ephemeral", "environment-${var.environment}"]
}

resource "openstack_images_image_v2" "debian" {
  name             = "Debian 12"
  container_format = "bare"
  disk_format      = "qcow2"

  properties = merge(local.hardware, {
    os_distro      = "debian"
    os_version     = "12"
    hw_rng_model   = "virtio"
  })
}

resource "openstack_images_image_v2" "windows" {
  name             = "Windows"
  container_format = "bare"
  disk_format      = "qcow2"
  properties       = merge(local.hardware, var.windows_properties)
}

locals {
  hardware = {
    hw_disk_bus = "scsi"
  }
}
