using System.Runtime.CompilerServices;
using Sequor.Text.Languages;

namespace Sequor.Tests.Text.Languages;

public sealed class LanguageIdentifierTests
{
    private static LanguageIdentifier Identifier => LanguageIdentifier.Default;

    [Theory]
    [InlineData("en", "The train leaves at nine, and we should be there a little earlier.")]
    [InlineData("de", "Der Zug fährt um neun, und wir sollten etwas früher dort sein.")]
    [InlineData("fr", "Le train part à neuf heures, et nous devrions y être un peu plus tôt.")]
    [InlineData("es", "El tren sale a las nueve y deberíamos estar allí un poco antes.")]
    [InlineData("it", "Il treno parte alle nove e dovremmo essere lì un po' prima.")]
    [InlineData("pt", "O trem parte às nove horas, e nós devíamos estar lá um pouco mais cedo.")]
    [InlineData("nl", "De trein vertrekt om negen uur en wij moeten daar iets eerder zijn.")]
    [InlineData("pl", "Pociąg odjeżdża o dziewiątej i powinniśmy być tam trochę wcześniej.")]
    [InlineData("cs", "Vlak odjíždí v devět hodin a měli bychom tam být o něco dříve.")]
    [InlineData("sv", "Tåget går klockan nio, och vi borde vara där lite tidigare.")]
    [InlineData("fi", "Juna lähtee yhdeksältä, ja meidän pitäisi olla siellä vähän aikaisemmin.")]
    [InlineData("hu", "A vonat kilenckor indul, és egy kicsit korábban ott kellene lennünk.")]
    [InlineData("tr", "Tren saat dokuzda kalkıyor ve biraz daha erken orada olmalıyız.")]
    [InlineData("vi", "Tàu chạy lúc chín giờ và chúng ta nên đến đó sớm hơn một chút.")]
    [InlineData("ru", "Поезд отходит в девять часов, и нам следует быть там немного раньше.")]
    [InlineData("uk", "Потяг відходить о дев'ятій годині, і нам слід бути там трохи раніше.")]
    [InlineData("bg", "Влакът тръгва в девет часа и трябва да сме там малко по-рано.")]
    [InlineData("ar", "يغادر القطار في الساعة التاسعة ويجب أن نكون هناك قبل ذلك بقليل.")]
    [InlineData("fa", "قطار ساعت نه حرکت می‌کند و ما باید کمی زودتر آنجا باشیم.")]
    [InlineData("hi", "रेलगाड़ी नौ बजे जाती है और हमें वहाँ थोड़ा पहले होना चाहिए।")]
    [InlineData("he", "הרכבת יוצאת בתשע ואנחנו צריכים להיות שם קצת קודם.")]
    [InlineData("el", "Το τρένο φεύγει στις εννέα και πρέπει να είμαστε εκεί λίγο νωρίτερα.")]
    [InlineData("zh", "火车九点开，我们应该早一点到那里。")]
    [InlineData("ja", "電車は九時に出るので、少し早めに着いたほうがいい。")]
    [InlineData("ko", "기차는 아홉 시에 떠나니 조금 일찍 가 있어야 한다.")]
    [InlineData("th", "รถไฟออกเก้าโมง")]
    [InlineData("ka", "მატარებელი ცხრა საათზე გადის.")]
    public void A_sentence_is_recognised_with_confidence(string language, string text)
    {
        IReadOnlyList<LanguageGuess> guesses = Identifier.Identify(text);

        Assert.Equal(language, guesses[0].Language);
        Assert.InRange(guesses[0].Confidence, 0.8, 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123 + 4.5 = ?! 🙂")]
    [InlineData("\uD83D\uDE42\uD83D")]
    public void Without_letters_there_is_no_language(string text) => Assert.Empty(Identifier.Identify(text));

    [Fact]
    public void Confidences_fall_from_guess_to_guess_and_add_up_to_one()
    {
        IReadOnlyList<LanguageGuess> guesses = Identifier.Identify("Jeg vil gerne");

        Assert.True(guesses.Count > 1);
        Assert.Equal(guesses.OrderByDescending(guess => guess.Confidence), guesses);
        Assert.InRange(guesses.Sum(guess => guess.Confidence), 0.9, 1.000001);
    }

    [Fact]
    public void Only_the_languages_of_the_choice_compete_and_are_told_as_they_were_given()
    {
        Assert.Equal("pt-BR", Identifier.Identify("El tren sale a las nueve.", ["pt-BR", "xx"])[0].Language);
        Assert.Equal(new LanguageGuess("ja", 1), Assert.Single(Identifier.Identify("東京", ["ja", "en"])));
        Assert.Empty(Identifier.Identify("Где вокзал?", ["de", "en"]));
        Assert.Equal("zh-Hant", Identifier.Identify("車站在哪裡？", ["zh-Hant", "en"])[0].Language);
        Assert.Equal("no", Identifier.Identify("Jeg vet ikke hva jeg skal gjøre.", ["no", "en"])[0].Language);
    }

    [Fact]
    public void Text_of_two_scripts_is_shared_between_its_languages()
    {
        IReadOnlyList<LanguageGuess> guesses = Identifier.Identify("使用 Python 编写程序的时候应该注意缩进");

        Assert.Equal("zh", guesses[0].Language);
        Assert.InRange(guesses[0].Confidence, 0.7, 0.97);
    }

    [Fact]
    public void Case_and_decomposed_letters_make_no_difference()
    {
        Assert.Equal(Identifier.Identify("très étonné"), Identifier.Identify("TRÈS ÉTONNÉ"));
        Assert.Equal(Identifier.Identify("très étonné"), Identifier.Identify("tre\u0300s e\u0301tonne\u0301"));
    }

    [Fact]
    public void The_languages_are_known_by_code()
    {
        Assert.True(Identifier.Languages.Count >= 80, $"{Identifier.Languages.Count} languages");
        Assert.Equal(Identifier.Languages.Order(StringComparer.Ordinal), Identifier.Languages);
        Assert.True(Identifier.Knows("de_AT"));
        Assert.False(Identifier.Knows("xx"));
    }

    [Theory]
    [InlineData("en", 0.97)]
    [InlineData("de", 0.97)]
    [InlineData("fr", 0.97)]
    [InlineData("zh", 0.99)]
    public void Real_sentences_of_twenty_characters_and_more_are_recognised(string language, double leastShare)
    {
        int least = language == "zh" ? 6 : 20;
        string[] sentences = [.. File.ReadAllLines(Path.Combine(Samples(), language + ".txt")).Where(line => line.Length >= least)];

        double share = sentences.Average(line => Identifier.Identify(line)[0].Language == language ? 1.0 : 0);

        Assert.InRange(share, leastShare, 1);
    }

    [Fact]
    public void The_tables_take_less_than_300_kilobytes()
    {
        using Stream packed = typeof(LanguageIdentifier).Assembly.GetManifestResourceStream("Sequor.Text.Languages.ngrams.gz")!;

        Assert.InRange(packed.Length, 1, 300_000);
    }

    private static string Samples([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "Sentences", "tatoeba");
}
