using System.Diagnostics;

namespace Betar.Node.Hosting;

/// <summary>Starts this program again as a child process.</summary>
internal static class NodeExecutable
{
    private const string Name = "Betar.Node";

    /// <summary>How to run this program with other arguments, also when it is hosted by another one, as in a test.</summary>
    public static ProcessStartInfo Command(params ReadOnlySpan<string> arguments)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, Name);
        var start = File.Exists(beside)
            ? new ProcessStartInfo(beside)
            : new ProcessStartInfo("dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, Name + ".dll") } };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
