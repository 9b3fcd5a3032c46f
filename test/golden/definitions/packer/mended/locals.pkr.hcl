locals {
  suffix = "2026"
  base_image_name = "base.${local.suffix}"
}
