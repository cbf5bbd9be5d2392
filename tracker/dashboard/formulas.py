r"""LaTeX as a terminal can show it: ``\frac{QK^T}{\sqrt{d_k}}`` → ``QKᵀ/√dₖ``. The unknown stays as it is."""

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
_PREFIX = re.compile(r"([Δ∇∂])\s+(?=\w)")
_TIGHT = re.compile(r"\s*([×÷·⊙⊗⊕∘])\s*")
_LOOSE = re.compile(r"\s*([∈∉⊂≤≥≠≈≡∝→⇒←↔↦])\s*")
_SCRIPT = re.compile(r"[_^]\([^()]*\)")
_SIGN = re.compile(r"\s*([^\w\s()\[\]\\,;.])\s*")
_ONE_LETTER = re.compile(r"\w(?:[_^]\w|[₀-₉₊₋₌₍₎ₐₑᵢⱼₖₘₙₒₚᵣₛₜᵤᵥₓ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵀⁱᵗᵏ])*")
NESTING = 8
"""Rounds of replacement: braces inside braces, from the inside out."""
LONG = 24
"""Characters from which a formula may have to be broken: it is, at its equals signs."""
LONGEST = 4000
"""Characters of one formula that are worked on; a longer one stays as written."""


def readable(formula: str) -> str:
    """The formula without its dollar signs, in plain characters where there are some for it."""
    if len(formula) > LONGEST:
        return formula
    text = _DROPPED.sub("", formula)
    text = text.replace(r"\\", " ; ").replace(r"\{", "{").replace(r"\}", "}").replace(r"\|", "‖").replace("&", " ")
    text = _COMMAND.sub(_sign_or_word, text)
    for _round in range(NESTING):
        before = text
        text = _WRAPPER.sub(r"\1", text)
        text = _ROOT.sub(lambda found: f"√{_grouped(found[1])}", text)
        text = _RAISED.sub(lambda found: _small(found[1], found[2], "^", _RAISABLE, _SUPERSCRIPTS), text)
        text = _LOWERED.sub(lambda found: _small(found[1], found[2], "_", _LOWERABLE, _SUBSCRIPTS), text)
        text = _FRACTION.sub(lambda found: f"{_grouped(found[1])}/{_grouped(found[2])}", text)
        if text == before:
            break
    text = _LOOSE.sub(r" \1 ", _TIGHT.sub(r"\1", text.replace("\ufdd0", "^").replace("\ufdd1", "_")))
    text = _PREFIX.sub(r"\1", text)
    text = _SCRIPT.sub(lambda found: _SIGN.sub(r"\1", found[0]), text)
    text = re.sub(r"[ \t]+", " ", text).strip()
    return _with_room(text) if len(text) > LONG else text


def _with_room(text: str) -> str:
    """Spaces around the equals signs outside of brackets."""
    parts, depth = [], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        parts.append(" = " if character == "=" and depth == 0 else character)
    return re.sub(r" {2,}", " ", "".join(parts))


def _sign_or_word(command: "re.Match[str]") -> str:
    name, before = command[1], command.string[: command.start()][-1:]
    if name in _WORDS:
        return f" {name}" if before.isalnum() or before == "}" else name
    return _SIGNS.get(name, command[0])


def _grouped(text: str) -> str:
    inner = text.strip()
    if len(inner) == 1 or inner.isalnum() or _ONE_LETTER.fullmatch(inner.removeprefix("√")):
        return inner
    return f"({inner})"


def _small(braced: str | None, single: str | None, sign: str, known: frozenset[str], table: dict[int, int]) -> str:
    """Raised or lowered characters where all exist; else the sign stays, hidden from the next round."""
    text = (braced if braced is not None else single or "").strip()
    if text and all(character in known for character in text):
        return text.translate(table)
    if text in ("*", "'", "ᵀ", "∘"):
        return {"ᵀ": "ᵀ", "∘": "°"}.get(text, text)
    hidden = "\ufdd0" if sign == "^" else "\ufdd1"
    return hidden + (text if len(text) == 1 else f"({text})")
