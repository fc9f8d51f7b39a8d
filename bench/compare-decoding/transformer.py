"""A Marian-like Transformer of the library `transformers` with random weights, and its own `generate`."""

import transformers
from transformers import GenerationConfig, MarianConfig, MarianMTModel

from shapes import SHAPES

END = 2
LONGEST = 512

transformers.logging.set_verbosity_error()


def build(options, data_type, pad, begin):
    """The model, and a search: ids [B, S] and lengths [B] become the best pieces [B, T], without the begin sign."""
    shape = SHAPES[options.shape]
    config = MarianConfig(
        vocab_size=shape.vocabulary, d_model=shape.width, encoder_layers=shape.layers, decoder_layers=shape.layers,
        encoder_attention_heads=shape.heads, decoder_attention_heads=shape.heads, encoder_ffn_dim=shape.feed_forward_width,
        decoder_ffn_dim=shape.feed_forward_width, activation_function="relu", dropout=0.0, attention_dropout=0.0, scale_embedding=True,
        max_position_embeddings=LONGEST, pad_token_id=pad, bos_token_id=begin, eos_token_id=END, decoder_start_token_id=begin,
        forced_eos_token_id=None, tie_word_embeddings=True)
    config._attn_implementation = options.attention
    model = MarianMTModel(config).to(data_type).eval()

    # Without an end sign nothing can end early, and nothing need be done to keep it from being written.
    generation = GenerationConfig(
        max_new_tokens=options.force_length, num_beams=options.beam, do_sample=False, use_cache=True, pad_token_id=pad, bos_token_id=begin,
        eos_token_id=None, decoder_start_token_id=begin, forced_eos_token_id=None, bad_words_ids=None,
        cache_implementation="static" if options.cache == "static" else None)
    model.generation_config = generation

    def search(ids, lengths):
        mask = ids.ne(pad).long()
        return model.generate(input_ids=ids, attention_mask=mask, generation_config=generation)[:, 1:]

    return model, search
