using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Betar.Node.Cli;

namespace Betar.Node.Diagnosis;

/// <summary>The runtime is there, since this runs; the SDK is needed to build only.</summary>
internal sealed class SdkCheck : IDoctorCheck
{
    private const int NeededMajor = 10;

    public async IAsyncEnumerable<Finding> LookAsync(CommandContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Finding.Ok("runtime", RuntimeInformation.FrameworkDescription);
        var listed = await ListAsync(cancellation);
        var versions = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).ToList();
        var fitting = versions.LastOrDefault(version => version.StartsWith($"{NeededMajor}.", StringComparison.Ordinal));
        yield return fitting is not null
            ? Finding.Ok("sdk", $".NET SDK {fitting}")
            : Finding.Note("sdk", $"no .NET SDK {NeededMajor} on the path; what is built runs without",
                $"to build, install the .NET SDK {NeededMajor}.0 (https://dotnet.microsoft.com/download)");
    }

    private static async Task<string> ListAsync(CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", "--list-sdks") { RedirectStandardOutput = true })!;
            var text = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return text;
        }
        catch (Win32Exception)
        {
            return "";
        }
    }
}
