using System.Reflection;
using System.Xml.Linq;

namespace Sequor.Tests.House;

/// <summary>Shapes are part of the signature: a tensor's documentation has them in brackets.</summary>
public class DocsTests
{
    [Theory]
    [InlineData("Sequor.Tensors")]
    [InlineData("Sequor")]
    public void A_public_parameter_that_is_a_tensor_says_its_shape(string assembly)
    {
        string path = Path.Combine(AppContext.BaseDirectory, assembly + ".xml");
        Assert.SkipUnless(File.Exists(path), "The documentation file is not beside this test: " + path);

        Assembly documented = Assembly.Load(assembly);
        List<string> faults = [];
        foreach (XElement member in XDocument.Load(path).Descendants("member"))
        {
            string name = member.Attribute("name")!.Value;
            if (IsPublicMethod(documented, name) && member.Element("inheritdoc") is null)
            {
                faults.AddRange(ParametersWithoutShape(name, member).Select(parameter => $"{name}: {parameter}"));
            }
        }

        Faults.None(faults);
    }

    [Theory]
    [InlineData("M:A.B", new string[0])]
    [InlineData("M:A.B(System.Int32)", new[] { "System.Int32" })]
    [InlineData("M:A.B(C{D,E{F,G}},H[0:,0:],I@)~J", new[] { "C{D,E{F,G}}", "H[0:,0:]", "I@" })]
    public void The_types_of_parameters_are_read_from_a_member_name(string name, string[] types) => Assert.Equal(types, ParameterTypes(name));

    // Overloads are not told apart: one that is public makes all of its name count.
    private static bool IsPublicMethod(Assembly assembly, string name)
    {
        string path = name[2..].Split('(')[0];
        int dot = path.LastIndexOf('.');
        if (!name.StartsWith("M:", StringComparison.Ordinal) || assembly.GetType(path[..dot]) is not { IsVisible: true } type)
        {
            return false;
        }

        string method = path[(dot + 1)..].Split('`')[0].Replace('#', '.');
        return type.GetMember(method, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Length > 0;
    }

    private static IEnumerable<string> ParametersWithoutShape(string name, XElement member)
    {
        string[] types = ParameterTypes(name);
        XElement[] documented = [.. member.Elements("param")];
        for (int i = 0; i < Math.Min(types.Length, documented.Length); i++)
        {
            if (types[i].TrimEnd('@') == "Sequor.Tensors.Tensor" && !documented[i].Value.Contains('[', StringComparison.Ordinal))
            {
                yield return documented[i].Attribute("name")!.Value;
            }
        }
    }

    private static string[] ParameterTypes(string name)
    {
        int open = name.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return [];
        }

        List<string> types = [];
        (int depth, int start) = (0, open + 1);
        for (int i = open + 1; i < name.Length; i++)
        {
            bool endsType = depth == 0 && name[i] is ',' or ')';
            depth += name[i] switch { '{' or '[' => 1, '}' or ']' => -1, _ => 0 };
            if (!endsType)
            {
                continue;
            }

            types.Add(name[start..i]);
            start = i + 1;
            if (name[i] == ')')
            {
                break;
            }
        }

        return [.. types];
    }
}
