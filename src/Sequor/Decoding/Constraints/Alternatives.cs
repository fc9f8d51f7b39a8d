using System.Text;

namespace Sequor.Decoding.Constraints;

/// <summary>Several texts in one field: parted by <c>|</c>; a backslash before a bar or a backslash makes it an ordinary character.</summary>
public static class Alternatives
{
    /// <summary>Parts a field.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The texts, without space at their ends; null when one of them is empty.</returns>
    public static IReadOnlyList<string>? Parse(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        List<string> texts = [];
        var text = new StringBuilder();
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] == '|')
            {
                texts.Add(text.ToString().Trim());
                text.Clear();
                continue;
            }

            if (field[i] == '\\' && i + 1 < field.Length && field[i + 1] is '|' or '\\')
            {
                i++;
            }

            text.Append(field[i]);
        }

        texts.Add(text.ToString().Trim());
        return texts.Contains("") ? null : texts;
    }
}
