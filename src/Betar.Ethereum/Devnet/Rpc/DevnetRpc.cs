using System.Buffers;
using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>Answers JSON-RPC bodies, single and batch. The requests of a batch are worked on as if they came at the same time.</summary>
internal sealed class DevnetRpc
{
    static readonly JsonWriterOptions _writing = new() { SkipValidation = true };

    readonly DevnetContext _context;
    readonly ReadMethods _reads;
    readonly SendMethods _sends;
    readonly ControlMethods _control;

    internal DevnetRpc(DevnetContext context)
    {
        _context = context;
        _reads = new ReadMethods(context);
        _sends = new SendMethods(context, _reads);
        _control = new ControlMethods(context, _sends);
    }

    internal async Task<DevnetAnswer> ExecuteAsync(ReadOnlyMemory<byte> body, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        var requests = new List<RpcRequest>();
        if (RpcRequestReader.Read(body, _context.Options, requests, out var isBatch) is { } fault)
        {
            Write(response, [new RpcRequest(RpcRequestReader.NullId, "", default, null)], [fault], isBatch: false);
            return DevnetAnswer.Body;
        }

        var admission = Admit(requests, out var hasSend);
        if (admission.Unavailable)
            return DevnetAnswer.Unavailable;
        if (admission.Delay > TimeSpan.Zero)
            await Task.Delay(admission.Delay, _context.Time, cancellationToken).ConfigureAwait(false);

        var replies = new Task<RpcReply>?[requests.Count];
        var included = new List<Task<Inclusion>>();
        if (hasSend)
            _sends.Start(requests, replies, included, cancellationToken);
        for (var i = 0; i < requests.Count; i++)
            replies[i] ??= StartAsync(requests[i], cancellationToken);

        if (admission.DropAnswer)
            await NeverAnswerAsync(included, cancellationToken).ConfigureAwait(false);
        var done = await Task.WhenAll(replies!).ConfigureAwait(false);
        return Write(response, requests, done, isBatch) ? DevnetAnswer.Body : DevnetAnswer.Empty;
    }

    Admission Admit(List<RpcRequest> requests, out bool hasSend)
    {
        hasSend = false;
        var controlOnly = true;
        foreach (var request in requests)
        {
            hasSend |= request.IsSend;
            controlOnly &= request.IsControl;
        }

        return controlOnly ? default : _context.Faults.Admit(hasSend);
    }

    // The caller gives up; what it sent is on the chain all the same.
    async Task NeverAnswerAsync(List<Task<Inclusion>> included, CancellationToken cancellationToken)
    {
        if (_context.Options.MineAutomatically)
            await Task.WhenAll(included).WaitAsync(cancellationToken).ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, _context.Time, cancellationToken).ConfigureAwait(false);
    }

    Task<RpcReply> StartAsync(RpcRequest request, CancellationToken cancellationToken) => request.Method switch
    {
        _ when request.Fault is { } fault => Task.FromResult<RpcReply>(fault),
        "devnet_fund" => _control.FundAsync(request, cancellationToken),
        "devnet_mine" => _control.MineAsync(request),
        "devnet_setFault" => _control.SetFaultAsync(request),
        _ => Task.FromResult(Read(request)),
    };

    RpcReply Read(RpcRequest request) => request.Method switch
    {
        "eth_chainId" => _reads.ChainId(),
        "net_version" => _reads.NetVersion(),
        "eth_blockNumber" => _reads.BlockNumber(),
        "eth_getBlockByNumber" => _reads.GetBlockByNumber(request),
        "eth_call" => _reads.Call(request),
        "eth_estimateGas" => _reads.EstimateGas(request),
        "eth_gasPrice" or "eth_maxPriorityFeePerGas" => ReadMethods.GasPrice(),
        "eth_getBalance" => _reads.GetBalance(request),
        "eth_getCode" => _reads.GetCode(request),
        "eth_getTransactionCount" => _reads.GetTransactionCount(request),
        "eth_getTransactionReceipt" => _reads.GetReceipt(request),
        "eth_getTransactionByHash" => _reads.GetTransactionByHash(request),
        "eth_getLogs" => _reads.GetLogs(request),
        "devnet_status" => _control.Status(),
        _ => RpcFault.MethodNotFound(Printable(request.Method)),
    };

    // The name goes back to the caller: nothing but what a name can hold.
    static string Printable(string method) => method.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') ? method : "of that name";

    /// <summary>False when all requests were notifications.</summary>
    static bool Write(IBufferWriter<byte> response, List<RpcRequest> requests, RpcReply[] replies, bool isBatch)
    {
        if (requests.TrueForAll(static request => request.Id is null))
            return false;
        using var json = new Utf8JsonWriter(response, _writing);
        if (isBatch)
            json.WriteStartArray();
        for (var i = 0; i < replies.Length; i++)
        {
            if (requests[i].Id is { } id)
                WriteOne(json, id, replies[i]);
        }

        if (isBatch)
            json.WriteEndArray();
        return true;
    }

    static void WriteOne(Utf8JsonWriter json, ReadOnlyMemory<byte> id, RpcReply reply)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        json.WritePropertyName("id"u8);
        json.WriteRawValue(id.Span, skipInputValidation: true);
        if (reply.Fault is { } fault)
        {
            json.WriteStartObject("error"u8);
            json.WriteNumber("code"u8, fault.Code);
            json.WriteString("message"u8, fault.Message);
            if (fault.Data is { } data)
                json.WriteHex("data"u8, data.Span);
            json.WriteEndObject();
        }
        else
        {
            json.WritePropertyName("result"u8);
            reply.Result!(json);
        }

        json.WriteEndObject();
    }
}
