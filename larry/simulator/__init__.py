"""The practice site: a virtual hotel whose devices speak real protocols over virtual air and ports."""
