locals {
  region_name = "North1"

  rack_a_hosts = [
    "a-001.priv.example",
    "a-002.priv.example",
  ]
  rack_b_hosts = [ ]

  script_create = file("${var.script_dir}/create.sh")

  flavor_c2_disk_size = "80"
  flavor_c2_extra_specs = {
    "hw_rng:allowed" = "true",
    "hw_rng:rate_bytes" = "2048",
    "hw_rng:rate_period" = "1",
    "quota:vif_inbound_average" = "2097152",
    "aggregate_instance_extra_specs:flavor" = "c2",
  }

  # graphics: nobody has asked for randomness there
  flavor_g2_extra_specs = {
    "quota:vif_inbound_average" = "524288",
    "aggregate_instance_extra_specs:flavor" = "g2", # as on the hosts
  }
}
