using System.Diagnostics;
using System.Globalization;

namespace Betar.Benchmarks.Harness;

/// <summary>Runs one measurement in a fresh process of this program, for figures that a warm or large process would spoil.</summary>
internal static class ChildProcess
{
    public const string Verb = "--child";

    /// <summary>Starts the child and returns the number on the last line that it prints.</summary>
    public static async Task<double> MeasureAsync(string name)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(name);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        string last = output.TrimEnd().Split('\n')[^1];
        return process.ExitCode == 0 && double.TryParse(last, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new InvalidOperationException($"the child '{name}' ended with {process.ExitCode}: {output}{await errors}");
    }

    public static async Task<int> ServeAsync(string name, TextWriter output)
    {
        double value = await Benches.Children[name]();
        await output.WriteLineAsync(value.ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }
}
