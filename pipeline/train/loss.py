"""Label-smoothed cross entropy over a large vocabulary, in chunks: the logits of a batch never exist at once."""

from __future__ import annotations

from typing import Any

import torch

CHUNK = 768  # rows at once: all chunks have one shape, for which oneDNN builds one kernel


class SmoothedCrossEntropy(torch.autograd.Function):  # type: ignore[misc]
    """The mean loss a token; its gradient is made in the forward pass, while the chunk is in the cache.

    Padding costs nothing: rows whose label is `pad` are left out, and `pad` gets no probability.
    """

    @staticmethod
    def forward(
        ctx: Any,
        states: torch.Tensor,
        embeddings: torch.Tensor,
        bias: torch.Tensor,
        labels: torch.Tensor,
        pad: int,
        smoothing: float,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Loss of (rows × width) states, and the sum of -log p over the labels, both float32."""
        kept = (labels != pad).nonzero()[:, 0]
        count, spread = len(kept), smoothing / (len(embeddings) - 1)
        fill = -count % CHUNK
        rows = torch.cat([kept, kept[:1].expand(fill)])
        live = (torch.arange(len(rows), device=rows.device) < count).float()[:, None]
        kept_states, kept_labels = states[rows], labels[rows]
        state_gradient = torch.empty_like(kept_states)
        embedding_gradient = torch.zeros(embeddings.shape, dtype=torch.float32, device=embeddings.device)
        surprise = torch.zeros((), device=states.device)
        smooth = torch.zeros((), device=states.device)
        for start in range(0, len(rows), CHUNK):
            chunk = slice(start, start + CHUNK)
            label, alive = kept_labels[chunk, None], live[chunk]
            logits = torch.addmm(bias, kept_states[chunk], embeddings.t()).float()
            highest = logits.amax(-1, keepdim=True)
            of_label = logits.gather(1, label)
            mean = (logits.sum(-1, keepdim=True) - logits[:, pad : pad + 1]) / (len(embeddings) - 1)
            exponentials = logits.sub_(highest).exp_()
            total = exponentials.sum(-1, keepdim=True)
            normaliser = total.log() + highest
            surprise += ((normaliser - of_label) * alive).sum()
            smooth += ((normaliser - mean) * alive).sum()
            # d loss / d logits = (p - target) / count; the target is 1 - smoothing on the label, and a share elsewhere
            slope = exponentials.mul_(1 / total).sub_(spread)
            slope.scatter_add_(1, label, torch.full_like(of_label, smoothing - 1))
            slope[:, pad] = 0
            slope = slope.mul_(alive / count).to(states.dtype)
            state_gradient[chunk] = slope @ embeddings
            embedding_gradient += slope.t() @ kept_states[chunk]
        gradient = torch.zeros_like(states)
        gradient[kept] = state_gradient[:count]
        ctx.mark_non_differentiable(surprise)
        ctx.save_for_backward(gradient, embedding_gradient.to(embeddings.dtype))
        return ((1 - smoothing) * surprise + smoothing * smooth) / count, surprise

    @staticmethod
    def backward(ctx: Any, *slopes: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        """The gradients made on the way, times that of the loss."""
        states, embeddings = ctx.saved_tensors
        return states * slopes[0], embeddings * slopes[0], None, None, None, None
