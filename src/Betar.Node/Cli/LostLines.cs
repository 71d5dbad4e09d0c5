using System.Globalization;

namespace Betar.Node.Cli;

/// <summary>Tells who follows something that a part of it came faster than it was read.</summary>
internal static class LostLines
{
    /// <param name="context">Where to tell it.</param>
    /// <param name="count">So many were lost.</param>
    /// <param name="what">Of these, in the plural.</param>
    public static void Print(CommandContext context, long count, string what)
    {
        if (!context.Json)
        {
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what} were lost: they came faster than they were read"));
            context.Out.Flush();
            return;
        }

        JsonOutput.WriteLine(context.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("event", "lost");
            writer.WriteNumber("count", count);
            writer.WriteEndObject();
        });
    }
}
