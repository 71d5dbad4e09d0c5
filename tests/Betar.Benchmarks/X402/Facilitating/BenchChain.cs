using System.Buffers;
using System.Net;
using System.Text;
using Betar.Ethereum;
using Betar.Ethereum.Devnet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>A devnet chain in this process behind HTTP. It counts the transactions that it refuses for their nonce.</summary>
internal sealed class BenchChain : IAsyncDisposable
{
    private const string SharedMemory = "/dev/shm";

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly DevnetChain _chain;
    private int _collisions;

    private BenchChain(WebApplication app, DirectoryInfo folder, DevnetChain chain) => (_app, _folder, _chain) = (app, folder, chain);

    public Uri Url => new(_app.Urls.First());

    public int Collisions => Volatile.Read(ref _collisions);

    /// <param name="inMemory">Its file is in memory where the system has such a place; otherwise on the disk, synced with each block.</param>
    public static async Task<BenchChain> StartAsync(bool inMemory)
    {
        DirectoryInfo folder = inMemory && Directory.Exists(SharedMemory)
            ? Directory.CreateDirectory(Path.Combine(SharedMemory, $"betar-bench-{Guid.NewGuid():N}"))
            : Directory.CreateTempSubdirectory("betar-bench-");
        DevnetChain chain = await DevnetChain.OpenAsync(Path.Combine(folder.FullName, "devnet.db"), new DevnetOptions(), TimeProvider.System);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var served = new BenchChain(builder.Build(), folder, chain);
        served._app.Run(served.AnswerAsync);
        await served._app.StartAsync();
        return served;
    }

    public async Task FundAsync(Address account, ulong amount)
    {
        var answer = new ArrayBufferWriter<byte>();
        string request = $$"""{"jsonrpc":"2.0","id":1,"method":"devnet_fund","params":["{{account}}","{{amount}}"]}""";
        await _chain.ExecuteJsonRpcAsync(Encoding.UTF8.GetBytes(request), answer, CancellationToken.None);
        if (answer.WrittenSpan.IndexOf("\"error\""u8) >= 0)
            throw new InvalidOperationException($"The chain gives no money: {Encoding.UTF8.GetString(answer.WrittenSpan)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _chain.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var request = new MemoryStream();
        await context.Request.Body.CopyToAsync(request, context.RequestAborted);
        var answer = new ArrayBufferWriter<byte>();
        await _chain.ExecuteJsonRpcAsync(request.GetBuffer().AsMemory(0, (int)request.Length), answer, context.RequestAborted);
        if (answer.WrittenSpan.IndexOf("nonce too "u8) >= 0 || answer.WrittenSpan.IndexOf("underpriced"u8) >= 0)
            Interlocked.Increment(ref _collisions);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.WrittenCount;
        await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
    }
}
