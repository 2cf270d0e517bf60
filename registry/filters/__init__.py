"""What the lists of the register can be narrowed by."""

from registry.filters.officers import AppointmentFilter
from registry.filters.papers import ExpiryFilter
from registry.filters.register import ConfirmationFilter, ProducerFilter, ProductFilter

__all__ = ["AppointmentFilter", "ConfirmationFilter", "ExpiryFilter", "ProducerFilter", "ProductFilter"]
