"""Golden numbers for a whole Transformer: tests/golden/transformer.safetensors. Run with: /usr/bin/python3 tools/golden/torch_transformer.py

Two encoder and two decoder layers made of torch.nn.TransformerEncoderLayer and TransformerDecoderLayer, over padded batches with masks. One set of
weights under Sequor's names serves all six cases: pre- or post-norm, and embeddings tied all, in the decoder, or not at all. For each case:
encoder states, logits, summed smoothed loss and all gradients, of real rows only and end to end. Then the losses of ten updates with Adam are printed.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

import golden_file

WIDTH, HEADS, INNER, VOCABULARY, LAYERS, SMOOTHING = 16, 4, 32, 29, 2, 0.1
BEGIN, END, PAD = 1, 2, 0
SOURCES = [[5, 9, 28, 3, 17, END], [11, END], [4, 4, 21, 8, 13, 6, 19, 7, END]]
TARGETS = [[12, 3, 25, 6], [7, 7, 16, 22, 10, 27, 14], [18]]
random = golden_file.Random(3)


def weights():
    """All weights of all cases under Sequor's names."""
    made = {}

    def add(name, *shape, around=0.0, deviation=0.1):
        made[name] = (random.normal(*shape, deviation=deviation) + around).float().double()

    def norm(name):
        add(f"{name}.weight", WIDTH, around=1)
        add(f"{name}.bias", WIDTH)

    def dense(name, to, width):
        add(f"{name}.weight", to, width, deviation=1 / math.sqrt(width))
        add(f"{name}.bias", to)

    for name in ("embedding", "encoder.embedding", "decoder.embedding", "output"):
        add(f"{name}.weight", VOCABULARY, WIDTH, deviation=0.3)
    for side in ("encoder", "decoder"):
        for i in range(LAYERS):
            layer = f"{side}.layers.{i}"
            for block in ("self_attention",) if side == "encoder" else ("self_attention", "cross_attention"):
                for part in ("query", "key", "value", "output"):
                    dense(f"{layer}.{block}.{part}", WIDTH, WIDTH)
                norm(f"{layer}.{block}_norm")
            dense(f"{layer}.feed_forward.input", INNER, WIDTH)
            dense(f"{layer}.feed_forward.output", WIDTH, INNER)
            norm(f"{layer}.feed_forward_norm")
        norm(f"{side}.norm")
    return made


def gelu(x):
    return F.gelu(x, approximate="tanh")


class Model(nn.Module):
    def __init__(self, pre_norm, tying, activation):
        super().__init__()
        self.pre_norm, self.tying = pre_norm, tying
        made = dict(d_model=WIDTH, nhead=HEADS, dim_feedforward=INNER, dropout=0, activation=activation, batch_first=True, norm_first=pre_norm)
        self.encoder = nn.ModuleList([nn.TransformerEncoderLayer(**made) for _ in range(LAYERS)])
        self.decoder = nn.ModuleList([nn.TransformerDecoderLayer(**made) for _ in range(LAYERS)])
        self.encoder_norm = nn.LayerNorm(WIDTH) if pre_norm else nn.Identity()
        self.decoder_norm = nn.LayerNorm(WIDTH) if pre_norm else nn.Identity()
        names = {"all": ["embedding"], "decoder": ["encoder.embedding", "decoder.embedding"],
                 "none": ["encoder.embedding", "decoder.embedding", "output"]}[tying]
        self.tables = nn.ParameterDict({name.replace(".", "_"): nn.Parameter(torch.zeros(VOCABULARY, WIDTH)) for name in names})
        self.double()

    def table(self, side):
        if self.tying == "all":
            return self.tables["embedding"]
        return self.tables["output" if side == "output" and self.tying == "none" else "encoder_embedding" if side == "encoder" else "decoder_embedding"]

    def embed(self, side, ids):
        positions = torch.arange(ids.shape[1], dtype=torch.float64)[:, None]
        frequencies = torch.exp(torch.arange(0, WIDTH, 2, dtype=torch.float64) * (-math.log(10_000.0) / WIDTH))
        sinusoids = torch.zeros(ids.shape[1], WIDTH, dtype=torch.float64)
        sinusoids[:, 0::2] = torch.sin(positions * frequencies)
        sinusoids[:, 1::2] = torch.cos(positions * frequencies)
        return F.embedding(ids, self.table(side)) * math.sqrt(WIDTH) + sinusoids

    def forward(self, source, source_padding, target, target_padding):
        memory = self.embed("encoder", source)
        for layer in self.encoder:
            memory = layer(memory, src_key_padding_mask=source_padding)
        memory = self.encoder_norm(memory)
        future = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).triu(1)
        x = self.embed("decoder", target)
        for layer in self.decoder:
            x = layer(x, memory, tgt_mask=future, tgt_key_padding_mask=target_padding, memory_key_padding_mask=source_padding)
        return memory, F.linear(self.decoder_norm(x), self.table("output"))

    def places(self):
        """Sequor's name -> (parameter, first row, rows)."""
        found = {}

        def both(name, module):
            found[f"{name}.weight"] = (module.weight, 0, module.weight.shape[0])
            found[f"{name}.bias"] = (module.bias, 0, module.bias.shape[0])

        def attention(name, module):
            for i, part in enumerate(("query", "key", "value")):
                found[f"{name}.{part}.weight"] = (module.in_proj_weight, i * WIDTH, WIDTH)
                found[f"{name}.{part}.bias"] = (module.in_proj_bias, i * WIDTH, WIDTH)
            both(f"{name}.output", module.out_proj)

        for name, table in self.tables.items():
            found[name.replace("_", ".") + ".weight"] = (table, 0, VOCABULARY)
        for side, layers in (("encoder", self.encoder), ("decoder", self.decoder)):
            for i, layer in enumerate(layers):
                base = f"{side}.layers.{i}"
                attention(f"{base}.self_attention", layer.self_attn)
                both(f"{base}.self_attention_norm", layer.norm1)
                if side == "decoder":
                    attention(f"{base}.cross_attention", layer.multihead_attn)
                    both(f"{base}.cross_attention_norm", layer.norm2)
                both(f"{base}.feed_forward.input", layer.linear1)
                both(f"{base}.feed_forward.output", layer.linear2)
                both(f"{base}.feed_forward_norm", layer.norm3 if side == "decoder" else layer.norm2)
            if self.pre_norm:
                both(f"{side}.norm", self.encoder_norm if side == "encoder" else self.decoder_norm)
        return found

    def load(self, made):
        with torch.no_grad():
            for name, (parameter, first, rows) in self.places().items():
                parameter[first:first + rows] = made[name]


def padded(sentences):
    longest = max(map(len, sentences))
    ids = torch.tensor([sentence + [PAD] * (longest - len(sentence)) for sentence in sentences])
    padding = torch.tensor([[i >= len(sentence) for i in range(longest)] for sentence in sentences])
    return ids, padding


def loss_of(logits, expected, padding):
    return F.cross_entropy(logits[~padding], expected[~padding], reduction="sum", label_smoothing=SMOOTHING)


made = weights()
tensors = {f"weights/{name}": value for name, value in made.items()}
source, source_padding = padded(SOURCES)
target, target_padding = padded([[BEGIN] + sentence for sentence in TARGETS])
expected, _ = padded([sentence + [END] for sentence in TARGETS])
for pre_norm in (True, False):
    for tying in ("all", "decoder", "none"):
        # In training mode PyTorch takes no short cut past the layers' own definitions.
        model = Model(pre_norm, tying, F.relu if tying == "all" else gelu).train()
        model.load(made)
        memory, logits = model(source, source_padding, target, target_padding)
        loss = loss_of(logits, expected, target_padding)
        loss.backward()
        case = f"{'pre' if pre_norm else 'post'}.{tying}"
        tensors[f"{case}/states"] = memory[~source_padding]
        tensors[f"{case}/logits"] = logits[~target_padding]
        tensors[f"{case}/loss"] = loss.reshape(1)
        for name, (parameter, first, rows) in model.places().items():
            tensors[f"{case}/gradient/{name}"] = parameter.grad[first:first + rows]
golden_file.save("transformer.safetensors", "torch_transformer.py", tensors)

for pre_norm in (True, False):
    model = Model(pre_norm, "all", F.relu).train()
    model.load(made)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01, betas=(0.9, 0.98), eps=1e-8)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        _, logits = model(source, source_padding, target, target_padding)
        loss = loss_of(logits, expected, target_padding) / (~target_padding).sum()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    print("pre-norm" if pre_norm else "post-norm", ", ".join(f"{loss:.6f}" for loss in losses))
