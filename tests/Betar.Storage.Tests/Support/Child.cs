using System.Diagnostics;
using Betar.Storage.Tests.Database;
using Betar.Storage.Tests.Durability;
using Betar.Storage.Tests.Sqlite;

namespace Betar.Storage.Tests.Support;

/// <summary>The test program run as a process of its own: the first word says what it is to do.</summary>
internal static class Child
{
    public static string Assembly => typeof(Child).Assembly.Location;

    /// <summary>Runs a shell's script as root of name spaces of its own: what it mounts is seen by nobody else and gone with it.</summary>
    /// <returns>What it wrote, line by line.</returns>
    public static async Task<string[]> RunInNameSpacesAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", script])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {errors}");
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static Task<int> Main(string[] args) => args[0] switch
    {
        Crasher.Verb => Crasher.RunAsync(args[1..]),
        PaymentCrasher.Verb => PaymentCrasher.RunAsync(args[1..]),
        MarketCrasher.Verb => MarketCrasher.RunAsync(args[1..]),
        LibraryProbe.Verb => LibraryProbe.RunAsync(args[1..]),
        ReadOnlyProbe.Verb => ReadOnlyProbe.RunAsync(args[1..]),
        _ => throw new ArgumentException($"Not a verb of the test program: {args[0]}."),
    };
}
