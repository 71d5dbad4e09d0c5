using System.Text;

namespace Betar.Node.Cli.Watching;

/// <summary>
/// Where a live view is drawn. On a terminal it has a page of its own, over which each picture is written in one piece, so that nothing flickers; it is
/// given back as it was. Where no terminal is, or one that knows no such things, one picture stands below the other.
/// </summary>
internal sealed class Screen : IDisposable
{
    private const string Open = "\e[?1049h\e[?25l\e[?7l";
    private const string Close = "\e[?7h\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EndOfLine = "\e[K";
    private const string EndOfPage = "\e[J";
    private const string Dumb = "dumb";

    /// <summary>For a terminal that does not say.</summary>
    private static readonly (int Width, int Height) Usual = (80, 24);

    private readonly TextWriter output;
    private readonly ScreenSize? size;
    private bool drawn;

    public Screen(CommandContext context)
    {
        output = context.Out;
        size = context.Environment("TERM") is null or "" or Dumb ? null : context.Screen;
        if (size is not null)
            output.Write(Open);
    }

    /// <summary>Lines that are too long or too many are cut off.</summary>
    public void Draw(IReadOnlyList<string> lines)
    {
        if (size is null)
        {
            if (drawn)
                output.WriteLine();
            foreach (var line in lines)
                output.WriteLine(line);
        }
        else
        {
            var (width, height) = size() is { Width: > 0, Height: > 1 } known ? known : Usual;
            var picture = new StringBuilder(Home);
            foreach (var line in lines.Take(height - 1))
                picture.Append(line.Length <= width ? line : line[..width]).Append(EndOfLine).Append("\r\n");
            output.Write(picture.Append(EndOfPage).ToString());
        }

        drawn = true;
        output.Flush();
    }

    public void Dispose()
    {
        if (size is null)
            return;
        output.Write(Close);
        output.Flush();
    }
}
