using System.Diagnostics;

namespace Betar.Mutants.Building;

/// <summary>Runs a program of the SDK to its end, or to the end of the time that it may take.</summary>
internal static class Tool
{
    public static ToolRun Run(IEnumerable<string> arguments, string folder, TimeSpan limit, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, folder, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExit(limit);
        if (!ended)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new ToolRun(ended ? process.ExitCode : null, output.Result + error.Result);
    }

    /// <summary>Its output is redirected; whoever starts it reads it.</summary>
    public static Process Start(IEnumerable<string> arguments, string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
