using Sequor.Text.Sentences;

namespace Sequor.Tests.Text.Sentences;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("en", "Mr. Smith met Dr. J. R. Jones in Washington, D.C. He left at 5 p.m. Tom stayed.",
        "Mr. Smith met Dr. J. R. Jones in Washington, D.C.|He left at 5 p.m.|Tom stayed.")]
    [InlineData("en", "It costs $3.14, e.g. at Apple Inc. The U.S. Army paid it. See Fig. 3. We use .NET. .NET is fast.",
        "It costs $3.14, e.g. at Apple Inc.|The U.S. Army paid it.|See Fig. 3.|We use .NET.|.NET is fast.")]
    [InlineData("en", "\"Really?\" Tom asked. \"Yes!\" He left... Then he came back. (It rained. It snowed.) Good.",
        "\"Really?\" Tom asked.|\"Yes!\"|He left...|Then he came back.|(It rained.|It snowed.)|Good.")]
    [InlineData("en", "He said no. I agreed. Is this No. 5? These keys are Tom's. Mine are lost. So am I. Listen!",
        "He said no.|I agreed.|Is this No. 5?|These keys are Tom's.|Mine are lost.|So am I.|Listen!")]
    [InlineData("en", "Open https://example.org/a?b=c.d or notes.txt. Write to me@example.org! Yahoo! is a name.",
        "Open https://example.org/a?b=c.d or notes.txt.|Write to me@example.org!|Yahoo! is a name.")]
    [InlineData("en", "The rule (why? Nobody knows. It is old.) still holds. As shown before.[12] Good?! Yes.",
        "The rule (why? Nobody knows. It is old.) still holds.|As shown before.[12]|Good?!|Yes.")]
    [InlineData("de", "Am 3. Mai kam Dr. Müller. Er ist 12. Im 19. Jahrhundert war das, z. B. in Berlin, usw. Das ist Lektion 3. Danke!",
        "Am 3. Mai kam Dr. Müller.|Er ist 12.|Im 19. Jahrhundert war das, z. B. in Berlin, usw.|Das ist Lektion 3.|Danke!")]
    [InlineData("de", "Am 3. 10. 1990 war Ludwig XIV. Haus leer. Das kostet ca. 5 Mio. Euro. »Komm!«, sagte er. „Ja.“ Sie ging.",
        "Am 3. 10. 1990 war Ludwig XIV. Haus leer.|Das kostet ca. 5 Mio. Euro.|»Komm!«, sagte er.|„Ja.“|Sie ging.")]
    [InlineData("fr", "M. Dupont dit : « Bonjour ! » Puis il partit. Quoi ? ! J.-C. Martin vit p. ex. av. Foch. On y va. C’est ce qu’il y a. Bien.",
        "M. Dupont dit : « Bonjour ! »|Puis il partit.|Quoi ? !|J.-C. Martin vit p. ex. av. Foch.|On y va.|C’est ce qu’il y a.|Bien.")]
    [InlineData("fr", "« Viens ! » dit Tom. Oh ! je ne sais pas. Non… Si.", "« Viens ! » dit Tom.|Oh ! je ne sais pas.|Non…|Si.")]
    [InlineData("zh", "她说：“你好！”他走了。“我不知道。”她说。真的吗？！使用 Python 3.13 版本。你好!再见。（他来了。）我想……算了。",
        "她说：“你好！”|他走了。|“我不知道。”她说。|真的吗？！|使用 Python 3.13 版本。|你好!|再见。|（他来了。）|我想……算了。")]
    [InlineData("ja", "「はい。」と言った。彼は来た。今日は3.14です。えっ！？本当？", "「はい。」と言った。|彼は来た。|今日は3.14です。|えっ！？|本当？")]
    [InlineData("es", "¿Qué? ¡No! El Sr. García vive en EE. UU. desde 1990. Es cierto.", "¿Qué?|¡No!|El Sr. García vive en EE. UU. desde 1990.|Es cierto.")]
    [InlineData("ru", "А. С. Пушкин родился в 1799 г. в Москве. — Иди! — сказал он. И т. д. Всё.",
        "А. С. Пушкин родился в 1799 г. в Москве.|— Иди! — сказал он.|И т. д.|Всё.")]
    [InlineData("el", "Τι κάνεις; Καλά. Εσύ;", "Τι κάνεις;|Καλά.|Εσύ;")]
    [InlineData("hi", "यह एक वाक्य है। यह दूसरा है।", "यह एक वाक्य है।|यह दूसरा है।")]
    [InlineData("ar", "هل أنت هنا؟ نعم. شكرا!", "هل أنت هنا؟|نعم.|شكرا!")]
    [InlineData(null, "Hello there. Mr. Smith is here. 好。Ça va ? Oui.", "Hello there.|Mr. Smith is here.|好。|Ça va ?|Oui.")]
    public void Sentences_end_where_a_reader_would_end_them(string? language, string text, string sentences) =>
        Assert.Equal(sentences.Split('|'), Sentences(language, text));

    [Fact]
    public void Text_without_capitals_is_cut_all_the_same() =>
        Assert.Equal(["hi there.", "how are you?", "i am fine :)"], Sentences("en", "hi there. how are you? i am fine :)"));

    [Fact]
    public void Each_language_knows_its_own_abbreviations()
    {
        Assert.Equal(["Das ist bzw. Haus."], Sentences("de", "Das ist bzw. Haus."));
        Assert.Equal(["Das ist bzw.", "Haus."], Sentences("en", "Das ist bzw. Haus."));
        Assert.Equal(Sentences("de", "Das ist bzw. Haus."), Sentences("de-CH", "Das ist bzw. Haus."));
        Assert.Equal(Sentences("zh", "好。好。"), Sentences("zh_Hant", "好。好。"));
    }

    [Fact]
    public void Indentation_bullets_numbers_blank_lines_and_line_ends_lie_between()
    {
        const string text = "# Title\r\n\r\n  - One. Two!\r\n  * [x] three\n\n> 1. First\n> 2) Second\n(a) Third.\n-----\n\tCell one\tcell b\n";

        IReadOnlyList<TextSpan> spans = SentenceSplitter.For("en").Split(text);

        Assert.Equal(["Title", "One.", "Two!", "three", "First", "Second", "Third.", "Cell one", "cell b"], spans.Where(span => span.IsSentence).Select(span => span.Of(text)));
        Assert.Equal(["# ", "\r\n\r\n  - ", " ", "\r\n  * [x] ", "\n\n> 1. ", "\n> 2) ", "\n(a) ", "\n-----\n\t", "\t", "\n"],
            spans.Where(span => !span.IsSentence).Select(span => span.Of(text)));
    }

    [Theory]
    [InlineData("de", "1. Mai ist Feiertag.", "1. Mai ist Feiertag.")]
    [InlineData("de", "1. Haus bauen.", "Haus bauen.")]
    [InlineData("de", "3. 10. 1990", "3. 10. 1990")]
    [InlineData("en", "1990. A good year.", "1990. A good year.")]
    [InlineData("en", "3.5 million people.", "3.5 million people.")]
    [InlineData("en", "1.2. Methods", "Methods")]
    [InlineData("en", "A. Smith wrote it.", "A. Smith wrote it.")]
    [InlineData("en", "i.e. nothing", "i.e. nothing")]
    public void A_number_at_the_start_of_a_line_counts_or_belongs_to_the_sentence(string language, string line, string sentence) =>
        Assert.Equal([sentence], Sentences(language, line));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("...\n***\n🙂")]
    public void Without_letter_and_digit_there_is_no_sentence(string text) => Assert.Empty(Sentences("en", text));

    [Fact]
    public void Marks_and_emoji_behind_a_sentence_stay_with_it() =>
        Assert.Equal(["Great! 😀", "\"Good.\" ***"], Sentences("en", "Great! 😀\n\"Good.\" ***"));

    private static List<string> Sentences(string? language, string text) =>
        [.. SentenceSplitter.For(language).Split(text).Where(span => span.IsSentence).Select(span => span.Of(text))];
}
