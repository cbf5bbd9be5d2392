r"""LaTeX as a terminal can show it: ``\frac{QK^T}{\sqrt{d_k}}`` → ``QKᵀ/(√(dₖ))``. The unknown stays as it is."""

import re

_SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ",
    "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "infty": "∞", "cdot": "·", "times": "×",
    "div": "÷", "pm": "±", "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "neq": "≠", "ne": "≠", "approx": "≈", "sim": "~", "propto": "∝", "equiv": "≡", "in": "∈", "notin": "∉",
    "subset": "⊂", "cup": "∪", "cap": "∩", "forall": "∀", "exists": "∃", "to": "→", "rightarrow": "→",
    "Rightarrow": "⇒", "leftarrow": "←", "leftrightarrow": "↔", "mapsto": "↦", "mid": "|",
    "parallel": "‖", "ldots": "…", "cdots": "⋯",
    "dots": "…", "ell": "ℓ", "circ": "∘", "ast": "*", "star": "⋆", "langle": "⟨", "rangle": "⟩", "lVert": "‖",
    "rVert": "‖", "Vert": "‖", "vert": "|", "top": "ᵀ", "quad": "  ", "qquad": "    ",
}  # fmt: skip
_WORDS = frozenset(
    (
        "log",
        "exp",
        "ln",
        "sin",
        "cos",
        "tan",
        "tanh",
        "max",
        "min",
        "arg",
        "argmax",
        "argmin",
        "softmax",
        "lim",
        "det",
        "Pr",
    )
)
_DROPPED = re.compile(r"\\(?:left|right|big|Big|bigg|Bigg|limits|nolimits|displaystyle|,|;|:|!|\s)(?![A-Za-z])")
_WRAPPER = re.compile(
    r"\\(?:text|textbf|textit|mathrm|mathbf|mathbb|mathcal|mathit|mathsf|boldsymbol|bm|operatorname\*?|mbox|hat|bar|tilde|vec|overline|underline)"
    r"\s*\{([^{}]*)\}"
)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_RAISED = re.compile(r"\^(?:\{([^{}]*)\}|(.))")
_LOWERED = re.compile(r"_(?:\{([^{}]*)\}|(.))")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()nTitk", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵀⁱᵗᵏ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()aeijkmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₘₙₒₚᵣₛₜᵤᵥₓ")
_RAISABLE = frozenset("0123456789+-=()nTitk")
_LOWERABLE = frozenset("0123456789+-=()aeijkmnoprstuvx")
NESTING = 8
"""Rounds of replacement: braces inside braces, from the inside out."""
LONGEST = 4000
"""Characters of one formula that are worked on; a longer one stays as written."""


def readable(formula: str) -> str:
    """The formula without its dollar signs, in plain characters where there are some for it."""
    if len(formula) > LONGEST:
        return formula
    text = _DROPPED.sub("", formula)
    text = text.replace(r"\\", " ; ").replace(r"\{", "{").replace(r"\}", "}").replace(r"\|", "‖").replace("&", " ")
    text = _COMMAND.sub(lambda found: _SIGNS.get(found[1], found[1] if found[1] in _WORDS else found[0]), text)
    for _round in range(NESTING):
        before = text
        text = _WRAPPER.sub(r"\1", text)
        text = _ROOT.sub(lambda found: f"√{_grouped(found[1])}", text)
        text = _RAISED.sub(lambda found: _small(found[1], found[2], "^", _RAISABLE, _SUPERSCRIPTS), text)
        text = _LOWERED.sub(lambda found: _small(found[1], found[2], "_", _LOWERABLE, _SUBSCRIPTS), text)
        text = _FRACTION.sub(lambda found: f"{_grouped(found[1])}/{_grouped(found[2])}", text)
        if text == before:
            break
    return re.sub(r"[ \t]+", " ", text.replace("\ufdd0", "^").replace("\ufdd1", "_")).strip()


def _grouped(text: str) -> str:
    inner = text.strip()
    return inner if len(inner) == 1 or inner.isalnum() else f"({inner})"


def _small(braced: str | None, single: str | None, sign: str, known: frozenset[str], table: dict[int, int]) -> str:
    """Raised or lowered characters where all exist; else the sign stays, hidden from the next round."""
    text = (braced if braced is not None else single or "").strip()
    if text and all(character in known for character in text):
        return text.translate(table)
    if text in ("*", "'", "ᵀ", "∘"):
        return {"ᵀ": "ᵀ", "∘": "°"}.get(text, text)
    hidden = "\ufdd0" if sign == "^" else "\ufdd1"
    return hidden + (text if len(text) == 1 else f"({text})")
