terraform {
    required_version = "~> 0.11.7"
}

resource "openstack_images_image_v2" "leap_image" {
  name = "${var.name_prefix}leap"
  image_source_url = "https://images.example/leap.qcow2"
  count = "${var.shared ? 0 : (contains(var.images, "leap") ? 1 : 0)}"
  container_format = "bare"
  disk_format = "qcow2"
  properties {
    hw_rng_model = "virtio"
  }
}

resource "openstack_images_image_v2" "sles_image" {
  name = "${var.name_prefix}sles"
  image_source_url = "https://images.example/sles.qcow2"
  count = "${var.shared ? 0 : (contains(var.images, "sles") ? 1 : 0)}"
  disk_format = "qcow2"
  properties {
    os_distro = "sles" # as libosinfo calls it
    hw_rng_model = "virtio"
  }
}

resource "openstack_compute_secgroup_v2" "open" {
  name = "${var.name_prefix}open"

  rule {
    from_port   = -1
    to_port     = -1
    ip_protocol = "icmp"
  }
}

output "configuration" {
  value = {
    mirror = "${var.mirror == "" ? "null" : var.mirror}"

    // for the modules above
    leap_image_id = "${join(",", openstack_images_image_v2.leap_image.*.id)}"
  }
}
