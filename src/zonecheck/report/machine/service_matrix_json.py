"""The service matrix of one firewall as JSON."""

from zonecheck.policy.questions.service_matrix import ServiceMatrix
from zonecheck.report.machine.json_parts import dumped
from zonecheck.report.text.service_matrix import address_text, class_name

SCHEMA = "zonecheck.service-matrix/1"


def render_service_matrix_json(matrix: ServiceMatrix) -> str:
    """Return the matrix as JSON with all addresses, `zonecheck.service-matrix/1`."""
    return dumped(
        {
            "schema": SCHEMA,
            "place": matrix.place,
            "service": str(matrix.service),
            "closure": "upper",
            "widened": matrix.widened,
            "rights": [
                {
                    "version": rights.version,
                    "classes": {
                        class_name(number): [
                            [address_text(low, rights.version), address_text(high, rights.version)]
                            for low, high in addresses
                        ]
                        for number, addresses in enumerate(rights.classes)
                    },
                    "pairs": [[class_name(one), class_name(other)] for one, other in rights.pairs],
                }
                for rights in matrix.rights
            ],
        }
    )
