using System.Diagnostics;
using System.Globalization;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Durability;

/// <summary>One run of <see cref="Crasher"/>, or of another program with its arguments and its words, under the shim, until it is killed.</summary>
internal sealed class CrasherRun : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Process process;
    private readonly string kept;

    private CrasherRun(string verb, int callers, int orders, int pages, string? fault, long value)
    {
        kept = Directory.CreateDirectory(folder.File("kept")).FullName;
        var start = new ProcessStartInfo("dotnet",
        [
            "exec", Child.Assembly, verb, folder.Database,
            callers.ToString(CultureInfo.InvariantCulture), orders.ToString(CultureInfo.InvariantCulture),
            pages.ToString(CultureInfo.InvariantCulture),
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_PRELOAD"] = SyncShim.Path;
        start.Environment["BETAR_SHIM_PREFIX"] = folder.Database;
        start.Environment["BETAR_SHIM_DIR"] = kept;
        if (fault is not null)
            start.Environment[fault] = value.ToString(CultureInfo.InvariantCulture);
        process = Process.Start(start)!;
    }

    /// <summary>Every line, up to the kill.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>(order, index, hash) of every append that was answered with Appended.</summary>
    public IEnumerable<(int Order, int Index, string Hash)> Acknowledged => Lines.Select(line => line.Split(' '))
        .Where(words => words[0] == "ack" && words[3] == "Appended")
        .Select(words => (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture), words[4]));

    public IEnumerable<string> Failures => Lines.Where(line => line.StartsWith("fail ", StringComparison.Ordinal)).Select(line => line.Split(' ', 4)[3]);

    /// <summary>The file that the process wrote, with whatever the page cache holds.</summary>
    public string Written => folder.Database;

    /// <summary>How many syncs of this file there were.</summary>
    public int Syncs(string name) => File.ReadLines(Path.Combine(kept, "log")).Count(line => line.Split(' ')[1] == name);

    /// <summary>Runs to the end, or until so many acknowledgements came; then kills.</summary>
    public static CrasherRun Kill(int callers, int orders, int afterAcks = int.MaxValue, string? fault = null, long value = 0, int pages = 50, string verb = Crasher.Verb)
    {
        var run = new CrasherRun(verb, callers, orders, pages, fault, value);
        var errors = run.process.StandardError.ReadToEndAsync();
        var acks = 0;
        while (acks < afterAcks && run.process.StandardOutput.ReadLine() is { } line)
        {
            run.Lines.Add(line);
            if (line.StartsWith("ack ", StringComparison.Ordinal))
                acks++;
            if (line is "running" or "stopped")
                break;
        }

        run.process.Kill();

        // What it still said before it died counts too.
        while (run.process.StandardOutput.ReadLine() is { } line)
            run.Lines.Add(line);
        run.process.WaitForExit();
        Assert.True(run.Lines.Contains("ready"), $"The process died early: {errors.Result}");
        return run;
    }

    /// <summary>A folder as the disk would have it after a loss of power: each file as of its last sync, and only those whose place in the folder was synced too.</summary>
    public string AfterPowerLoss()
    {
        var target = Directory.CreateDirectory(folder.File($"after-{Guid.NewGuid():N}")).FullName;
        foreach (var name in Directory.GetFiles(Path.Combine(kept, "entries")).Select(Path.GetFileName))
        {
            if (File.Exists(Path.Combine(kept, name!)))
                File.Copy(Path.Combine(kept, name!), Path.Combine(target, name!));
        }

        return Path.Combine(target, BetarDatabase.FileName);
    }

    public void Dispose()
    {
        process.Dispose();
        folder.Dispose();
    }
}
