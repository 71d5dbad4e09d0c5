using System.Diagnostics;
using System.Globalization;
using Betar.Ethereum;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Hosting;

namespace Betar.Node.Devnet;

/// <summary>
/// The devnet of a data folder as its users see it: found when it runs, started when it does not. It is a process of its own
/// and outlives whoever started it, as a chain does.
/// </summary>
public sealed class DevnetProcess
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly DevnetInfo info;

    private DevnetProcess(DevnetInfo info, bool startedHere)
    {
        this.info = info;
        StartedHere = startedHere;
    }

    /// <summary>Where it answers JSON-RPC.</summary>
    public Uri Url => info.Url;

    public ulong ChainId => info.ChainId;

    /// <summary>The contract of its USDC.</summary>
    public Address Token => info.Token;

    public int ProcessId => info.ProcessId;

    /// <summary>False when it ran before; then it is not ours to stop.</summary>
    public bool StartedHere { get; }

    /// <param name="folder">Whose devnet.</param>
    /// <param name="chainId">Null for the default chain, or the one that runs.</param>
    /// <param name="time">Bounds the waiting.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task<Checked<DevnetProcess>> FindOrStartAsync(DataFolder folder, ulong? chainId, TimeProvider time,
        CancellationToken cancellation)
    {
        if (await FindAsync(folder, cancellation) is { } running)
        {
            return chainId is null || chainId == running.ChainId
                ? new DevnetProcess(running, startedHere: false)
                : ErrorCatalog.ChainWrong.Refuse(
                    $"The devnet of {folder.Root} (process {running.ProcessId}) is chain {running.ChainId}, not {chainId}");
        }

        return await StartAsync(folder, chainId, time, cancellation);
    }

    /// <summary>Asks it to end and waits until it did.</summary>
    public async Task<CliRefusal?> StopAsync(TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(StopTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/stop"));
            request.Headers.Add(DevnetHost.StopKeyHeader, info.StopKey);
            using var response = await http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
                return ErrorCatalog.ChainWrong.Refuse($"Process {ProcessId} at {Url} is not the devnet that the data folder names");
            await process.WaitForExitAsync(either.Token);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or HttpRequestException)
        {
            // It is gone already.
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ErrorCatalog.ChildDidNotStart.Refuse($"The devnet (process {ProcessId}) does not end", $"end it with kill {ProcessId}");
        }
    }

    private static async Task<Checked<DevnetProcess>> StartAsync(DataFolder folder, ulong? chainId, TimeProvider time,
        CancellationToken cancellation)
    {
        var start = NodeExecutable.Command("chain", "devnet", "--data", folder.Root, "--json", "--background");
        if (chainId is { } id)
        {
            start.ArgumentList.Add("--chain-id");
            start.ArgumentList.Add(id.ToString(CultureInfo.InvariantCulture));
        }

        // All three are pipes of ours: a child that held our terminal would keep its readers waiting after our end.
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(StartTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            process.StandardInput.Close();
            var line = await process.StandardOutput.ReadLineAsync(either.Token);
            if (line is not null && DevnetInfo.TryParse(line) is not null && DevnetInfo.Read(folder) is { } info)
                return new DevnetProcess(info, startedHere: true);

            // Somebody else's may have been faster.
            if (await FindAsync(folder, cancellation) is { } other && (chainId is null || chainId == other.ChainId))
                return new DevnetProcess(other, startedHere: false);
            var said = (await process.StandardError.ReadToEndAsync(either.Token)).Trim();
            return Refused(said.Length > 0 ? said : "it ended without a word", folder);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            cancellation.ThrowIfCancellationRequested();
            return Refused($"it did not answer within {StartTime.TotalSeconds:0} s", folder);
        }
    }

    /// <summary>What the folder names, when it answers.</summary>
    private static async Task<DevnetInfo?> FindAsync(DataFolder folder, CancellationToken cancellation) =>
        DevnetInfo.Read(folder) is { } info && await info.AnswersAsync(cancellation) ? info : null;

    private static CliRefusal Refused(string said, DataFolder folder) =>
        said.Split(": ", 2) is [var code, var sentence] && ErrorCatalog.Find(code) is { } entry
            ? entry.Refuse($"The devnet did not start: {sentence}")
            : ErrorCatalog.ChildDidNotStart.Refuse($"The devnet did not start: {said}",
                $"run betar chain devnet --data {folder.Root} to see why");
}
