namespace Sequor.Text;

/// <summary>Files that are there in full or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes a sibling file and renames it over the old one, so that a failure leaves the old one as it was.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string sibling = path + ".partial";
        try
        {
            using (FileStream stream = File.Create(sibling))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(sibling, path, overwrite: true);
        }
        catch
        {
            File.Delete(sibling);
            throw;
        }
    }
}
