using System.Diagnostics;

namespace Betar.Contracts.Tests.Build;

/// <summary>A program that ran to its end.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    internal static async Task<ToolRun> OfAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ToolRun(process.ExitCode, await output, await error);
    }
}
