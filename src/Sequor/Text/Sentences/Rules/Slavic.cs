namespace Sequor.Text.Sentences.Rules;

/// <summary>Russian, Ukrainian, Polish and Czech.</summary>
internal static class Slavic
{
    /// <summary>Russian.</summary>
    public static LanguageWords Russian { get; } = new()
    {
        NeverEnding = "т.е т.н т.к т.о см ср им ул пр просп пл пер корп кв г-н г-жа гр тов проф акад доц инж ген полк кап св напр нпр обл р-н ок англ нем фр лат греч рус",
        MayEnd = "т.д т.п д п др руб коп тыс млн млрд гг вв н.э э мин сек час г в Inc Ltd",
        BeforeNumber = "рис табл гл стр с п пп ст № т янв фев февр мар апр июн июл авг сент окт нояб дек",
        Starters = """
            Я Ты Он Она Оно Мы Вы Они Это Этот Эта Эти Тот Та Те Мой Моя Его Её Ее Их Наш Ваш И А Но Или Если Когда Как Что Кто Где Куда Почему Зачем Потом Тогда Так Там
            Здесь Тут Теперь Сейчас В Во На С Со К Ко По Из От До За Для Без Под Над При Через После Перед Не Ни Да Нет Все Всё Уже Ещё Еще Только Также Однако Поэтому У О Об
            """,
        Months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        WordsOfOneLetter = "я",
    };

    /// <summary>Ukrainian.</summary>
    public static LanguageWords Ukrainian { get; } = new()
    {
        NeverEnding = "т.зв див ім вул просп пл пров буд кв корп гр тов проф акад доц інж ген св напр обл р-н бл англ нім фр лат пор п",
        MayEnd = "т.д т.п ін грн коп тис млн млрд рр ст н.е хв год р Inc Ltd",
        BeforeNumber = "рис табл гл стор с ст № т січ лют бер квіт трав черв лип серп вер жовт лист груд",
        Starters = """
            Я Ти Він Вона Воно Ми Ви Вони Це Цей Ця Ці Той Та Ті Мій Моя Його Її Їх Наш Ваш І Й А Але Або Якщо Коли Як Що Хто Де Куди Чому Потім Тоді Так Там Тут Тепер Зараз
            В У На З Із Зі До По Від За Для Без Під Над При Через Після Перед Не Ні Усі Всі Вже Ще Тільки Також Проте Однак Тому Про
            """,
        Months = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        WordsOfOneLetter = "яїє",
    };

    /// <summary>Polish.</summary>
    public static LanguageWords Polish { get; } = new()
    {
        NeverEnding = "p pp dr prof hab inż mgr lek płk gen kpt mjr por sierż ks bp abp św śp ul al pl os m.in np tzn tzw tj ok ww im ur zm por jw wg zob red tłum ang niem fr łac ros",
        MayEnd = "itd itp etc in zł gr tys mln mld godz min r w p.n.e n.e br Inc Ltd tel",
        BeforeNumber = "nr s str rys tab rozdz t art poz pkt ust sty lut mar kwi maj cze lip sie wrz paź lis gru",
        Starters = """
            Ja Ty On Ona Ono My Wy Oni One To Ten Ta Te Ci Mój Moja Jego Jej Ich Nasz I A Ale Lub Albo Jeśli Kiedy Gdy Jak Co Kto Gdzie Dlaczego Potem Wtedy Tak Tam Tu Teraz
            W We Na Z Ze Do Po Od Za Dla Bez Pod Nad Przy Przez Przed Nie Czy Wszyscy Już Jeszcze Tylko Także Jednak Dlatego U O Że
            """,
        Months = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        HasOrdinalStops = true,
        WordsOfOneLetter = "iao",
    };

    /// <summary>Czech.</summary>
    public static LanguageWords Czech { get; } = new()
    {
        NeverEnding = "p pí sl dr Dr prof doc ing Ing Mgr Bc JUDr MUDr PhDr RNDr RSDr gen plk kpt mjr por sv ul nám tř tzv tzn tj např popř resp cca srov angl něm fr lat",
        MayEnd = "atd apod aj etc př.n.l n.l Kč tis mil mld hod min r Inc Ltd tel s.r.o a.s",
        BeforeNumber = "č čís s str obr tab kap sv roč odst písm",
        Starters = """
            Já Ty On Ona Ono My Vy Oni To Ten Ta Ti Tento Tato Toto Můj Moje Jeho Její Jejich Náš A Ale Nebo Jestli Když Pokud Jak Co Kdo Kde Proč Potom Pak Tak Tam Tady Teď Nyní
            V Ve Na S Se Z Ze Do Po Od Za Pro Bez Pod Nad Při Přes Před Ne Není Všichni Už Ještě Jen Také Však Proto U O Že Je Jsou Byl Byla
            """,
        Months = "ledna února března dubna května června července srpna září října listopadu prosince",
        HasOrdinalStops = true,
        WordsOfOneLetter = "aiouvksz",
    };
}
