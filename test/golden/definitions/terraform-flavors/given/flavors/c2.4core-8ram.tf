resource "openstack_compute_flavor_v2" "c2_4core_8ram" {
  name  = "c2.4core-8ram"
  ram   = "8192"
  vcpus = "4"
  disk  = local.flavor_c2_disk_size
  extra_specs = local.flavor_c2_extra_specs
}
