using System.Buffers;

namespace Betar.Ethereum.Devnet;

/// <summary>
/// A chain of our own for laptops and tests: one token with EIP-3009, blocks, receipts, logs and a faucet, behind Ethereum's JSON-RPC.
/// To its callers it is a chain: it checks every signature itself, keeps its own file, and can fail in all the ways that chains fail.
/// </summary>
public sealed class DevnetChain : IAsyncDisposable
{
    readonly DevnetContext _context;
    readonly DevnetRpc _rpc;

    DevnetChain(DevnetContext context) => (_context, _rpc) = (context, new DevnetRpc(context));

    public ulong ChainId => _context.Options.ChainId;

    public Address Token => _context.Options.Token;

    /// <summary>Opens the chain's file or makes it. Throws <see cref="DevnetOpenException"/> and leaves the file alone when it may not be used.</summary>
    public static async Task<DevnetChain> OpenAsync(string path, DevnetOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        Validate(options);

        // Replay is all file and processor: it does not belong on the caller's scheduler.
        return await Task.Run(() => Open(DiskAppendFile.Open(path), options, time), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Carries out one JSON-RPC body. Never throws for what a caller sends. With an injected dropped answer it ends only by cancellation,
    /// which the host gives when its caller hangs up.
    /// </summary>
    public Task<DevnetAnswer> ExecuteJsonRpcAsync(ReadOnlyMemory<byte> requestBody, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        return _rpc.ExecuteAsync(requestBody, response, cancellationToken);
    }

    /// <summary>Finishes the block under way and lets go of the file. What still waits is told so.</summary>
    public async ValueTask DisposeAsync() => await Task.Run(_context.Producer.Dispose).ConfigureAwait(false);

    internal static DevnetChain Open(IAppendFile disk, DevnetOptions options, TimeProvider time)
    {
        Validate(options);
        try
        {
            var preparer = new TransactionPreparer(options, new TokenDomain(options.TokenName, options.TokenVersion, options.ChainId, options.Token));
            var replay = new ChainReplay(options, preparer);
            var file = DevnetFile.Open(disk, replay.OnRecord);
            var chain = replay.Chain ?? Begin(file, options, time);

            var gate = new Lock();
            var pool = new TransactionPool(options);
            var faults = new FaultPlan(time);
            var producer = new BlockProducer(gate, chain, pool, file, faults, preparer, options, time);
            return new DevnetChain(new DevnetContext(options, time, gate, chain, pool, preparer, faults, producer));
        }
        catch (Exception fault)
        {
            disk.Dispose();
            if (fault is IOException or UnauthorizedAccessException)
                throw new DevnetOpenException(DevnetOpenFault.NotAccessible, $"The chain's file cannot be read or written: {fault.Message}", fault);
            throw;
        }
    }

    static BlockChain Begin(DevnetFile file, DevnetOptions options, TimeProvider time)
    {
        var timestamp = (ulong)time.GetUtcNow().ToUnixTimeSeconds();
        file.Commit(ChainRecords.Genesis(new RecordWriter(), options, timestamp));
        return new BlockChain(timestamp);
    }

    static void Validate(DevnetOptions options)
    {
        if (options.Validate() is { Count: > 0 } faults)
            throw new DevnetOpenException(DevnetOpenFault.InvalidOptions, string.Join(' ', faults));
    }
}
