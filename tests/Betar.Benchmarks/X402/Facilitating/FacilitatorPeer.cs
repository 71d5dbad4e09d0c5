using System.Diagnostics;
using System.Globalization;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Interop.Tests.Partner;
using Betar.X402.Networks;

namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>A facilitator in a process of its own, ours or the official one, and how many callers ask it at once.</summary>
internal sealed class FacilitatorPeer : IAsyncDisposable
{
    public const int Callers = 64;

    private readonly PartnerProcess _partner;
    private readonly Process _process;
    private readonly HttpClient _http;

    private readonly int _callers;

    private FacilitatorPeer(PartnerProcess partner, int pid, Uri url, int callers)
    {
        (_partner, _process, _callers) = (partner, Process.GetProcessById(pid), callers);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = callers }) { BaseAddress = url };
    }

    public static Task<FacilitatorPeer> StartOursAsync(Uri rpc, PaymentAsset asset, int callers = Callers) => StartAsync(
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? PartnerProcess.Start(Environment.ProcessPath!, Environment.GetCommandLineArgs()[0], OurFacilitator.Verb)
            : PartnerProcess.Start(Environment.ProcessPath!, OurFacilitator.Verb),
        rpc, asset, callers);

    public static Task<FacilitatorPeer> StartOfficialAsync(Uri rpc, PaymentAsset asset) => StartAsync(PartnerProcess.StartJs("X402", "js"), rpc, asset, Callers);

    /// <summary>The packages that this process runs on.</summary>
    public async Task<string> VersionsAsync()
    {
        var versions = (await _partner.AskAsync("versions", null))["versions"]!;
        return $"@x402/core {versions["@x402/core"]}, @x402/evm {versions["@x402/evm"]}, viem {versions["viem"]}, Node {versions["node"]}";
    }

    /// <summary>Puts every body once, by all callers together.</summary>
    public async Task<FacilitatorRun> RunAsync(string path, IReadOnlyList<byte[]> bodies, string expected)
    {
        int next = -1;
        _process.Refresh();
        TimeSpan cpu = _process.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, _callers).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < bodies.Count; i = Interlocked.Increment(ref next))
                await PostAsync(path, bodies[i], expected);
        }));
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        _process.Refresh();
        return new FacilitatorRun(bodies.Count / took.TotalSeconds, (_process.TotalProcessorTime - cpu).TotalMicroseconds / bodies.Count);
    }

    /// <summary>HTTP alone: requests a second that the same callers get answered without anything to be done.</summary>
    public async Task<double> HealthRateAsync(int count)
    {
        int next = -1;
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, _callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) < count)
                await _http.GetStringAsync("health");
        }));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Anything but what was expected ends the bench: a figure of failures is none.</summary>
    public async Task PostAsync(string path, byte[] body, string expected)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await _http.PostAsync(path, content);
        string said = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || !said.Contains(expected, StringComparison.Ordinal))
            throw new InvalidOperationException($"/{path} answered {(int)response.StatusCode} {said}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Dispose();
        await _partner.DisposeAsync();
    }

    private static async Task<FacilitatorPeer> StartAsync(PartnerProcess partner, Uri rpc, PaymentAsset asset, int callers)
    {
        try
        {
            using PrivateKey key = PrivateKey.Generate();
            byte[] secret = new byte[32];
            key.Export(secret);
            var started = await partner.AskAsync("facilitateOn", null, new
            {
                rpc = rpc.ToString(), key = "0x" + Convert.ToHexStringLower(secret), network = asset.Network.ToString(), asset = asset.Address.ToString(),
                name = asset.Domain.Name, version = asset.Domain.Version,
            });
            return new FacilitatorPeer(partner, started["pid"]!.GetValue<int>(), new Uri((string)started["url"]!), callers);
        }
        catch
        {
            await partner.DisposeAsync();
            throw;
        }
    }
}
