resource "openstack_compute_flavor_v2" "g2_tiny" {
  name        = "g2.tiny"
  ram         = "1024"
  vcpus       = "1"
  disk        = "10"
  extra_specs = local.flavor_g2_extra_specs
}
