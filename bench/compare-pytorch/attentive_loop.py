"""
All steps of the attentive LSTM decoder as one operation with a gradient of its own. Only sentences that still have a step take part in it; gradients of
weights are one product over all steps, not one for each; and what every step adds to the gradients of keys and memory is added in place.
"""

import torch


class AttentiveLoop(torch.autograd.Function):
    """
    Rows are in the order of time: first the first step of every sentence, longest sentence first; `active` says how many sentences have each step.
    Takes what words give to the gates [N, 4H], keys [B, S, A], memory [B, S, C], mask [B, S], the first state and cell [B, H], the weight of context and
    state side by side [4H, C + H], and attention's query weight [A, H], query bias [A] and vector [A]. Gives states [N, H] and contexts [N, C].
    """

    @staticmethod
    def forward(kept, products, keys, memory, mask, state, cell, weight, query_weight, query_bias, vector, active):
        rows, width, seen = len(products), state.shape[1], memory.shape[2]
        inputs, gates = products.new_empty(rows, seen + width), torch.empty_like(products)
        states, tanhs, cells = (products.new_empty(rows, width) for _ in range(3))
        energies, weights = [], []
        start = 0
        for count in active:
            span = slice(start, start + count)
            state, cell = state[:count], cell[:count]
            energies.append((keys[:count] + torch.addmm(query_bias, state, query_weight.t())[:, None]).tanh_())
            weights.append(torch.softmax((energies[-1] @ vector).add_(mask[:count]), dim=1))
            inputs[span, :seen] = torch.bmm(weights[-1][:, None], memory[:count])[:, 0]
            inputs[span, seen:] = state
            cells[span] = cell
            gate = torch.addmm(products[span], inputs[span], weight.t(), out=gates[span])
            gate[:, : 2 * width].sigmoid_()
            gate[:, 2 * width : 3 * width].tanh_()
            gate[:, 3 * width :].sigmoid_()
            enter, keep, new, leave = gate.split(width, dim=1)
            cell = torch.addcmul(keep * cell, enter, new)
            state = torch.mul(leave, torch.tanh(cell, out=tanhs[span]), out=states[span])
            start += count
        kept.save_for_backward(keys, memory, weight, query_weight, vector, inputs, gates, cells, tanhs)
        kept.steps = active, energies, weights
        return states, inputs[:, :seen].contiguous()

    @staticmethod
    def backward(kept, state_gradients, context_gradients):
        keys, memory, weight, query_weight, vector, inputs, gates, cells, tanhs = kept.saved_tensors
        active, energies, weights = kept.steps
        seen, width = memory.shape[2], tanhs.shape[1]
        gate_gradients, query_gradients = torch.empty_like(gates), gates.new_empty(len(gates), keys.shape[2])
        key_gradient, memory_gradient, vector_gradient = torch.zeros_like(keys), torch.zeros_like(memory), torch.zeros_like(vector)
        state, cell = (gates.new_zeros(len(keys), width) for _ in range(2))
        start = len(gates)
        for step in range(len(active) - 1, -1, -1):
            count = active[step]
            start -= count
            span = slice(start, start + count)
            gate_gradient = gate_gradients[span]
            cell_gradient = through_cell(gates[span], cells[span], tanhs[span], state_gradients[span] + state[:count], cell[:count], gate_gradient)
            entered = gate_gradient @ weight
            context = entered[:, :seen] + context_gradients[span]

            attention, energy = weights[step], energies[step]
            share = torch.bmm(memory[:count], context[:, :, None])[:, :, 0]
            memory_gradient[:count].addcmul_(attention[:, :, None], context[:, None])
            scores = attention * (share - (attention * share).sum(dim=1, keepdim=True))
            vector_gradient += scores.view(-1) @ energy.view(-1, energy.shape[2])
            key = energy.square_().neg_().add_(1).mul_(vector).mul_(scores[:, :, None])
            key_gradient[:count] += key
            query = torch.sum(key, dim=1, out=query_gradients[span])
            state[:count] = torch.addmm(entered[:, seen:], query, query_weight)
            cell[:count] = cell_gradient
        before = inputs[:, seen:]
        return (gate_gradients, key_gradient, memory_gradient, None, state, cell, gate_gradients.t() @ inputs, query_gradients.t() @ before,
                query_gradients.sum(dim=0), vector_gradient, None)


def through_cell(gate, cell_before, tanh, state, cell, result):
    """Writes the gradient of the gates' products into `result` and returns that of the cell before."""
    width = tanh.shape[1]
    enter, keep, new, leave = gate.split(width, dim=1)
    through = state * leave
    cell = torch.addcmul(cell, through, 1 - tanh * tanh)
    sigmoid_slopes = gate * (1 - gate)
    torch.mul(cell, new, out=result[:, :width])
    torch.mul(cell, cell_before, out=result[:, width : 2 * width])
    torch.mul(cell, enter, out=result[:, 2 * width : 3 * width])
    torch.mul(state, tanh, out=result[:, 3 * width :])
    sigmoid_slopes[:, 2 * width : 3 * width] = 1 - new * new
    result.mul_(sigmoid_slopes)
    return cell * keep
