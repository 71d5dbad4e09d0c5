using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Betar.Ethereum;

/// <summary>
/// Sends calls over HTTP, a few requests at a time; calls that arrive while all of them are under way go together in the next batch.
/// </summary>
internal sealed class RpcLane(HttpClient http, Uri endpoint, JsonRpcOptions options, TimeProvider time, RpcPause? pause = null)
{
    static readonly MediaTypeHeaderValue _json = new("application/json");
    static readonly JsonWriterOptions _writing = new() { SkipValidation = true };

    internal const string Paused = "it asked for a pause";

    readonly RpcPause _pause = pause ?? new RpcPause(options, time);
    readonly Lock _gate = new();
    readonly Queue<RpcCall> _waiting = new();
    int _running;
    long _nextId = 1;

    internal async Task<RpcAnswer> CallAsync(string method, ReadOnlyMemory<byte> parameters, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_pause.Left > TimeSpan.Zero)
            return RpcAnswer.Unreachable(Paused);
        var call = new RpcCall(method, parameters, timeout, time.GetTimestamp());
        if (!TryEnqueue(call))
            return RpcAnswer.Unreachable("too many calls wait for it");
        try
        {
            return await call.Answer.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return RpcAnswer.TimedOut;
        }
        finally
        {
            call.Abandon();
        }
    }

    bool TryEnqueue(RpcCall call)
    {
        lock (_gate)
        {
            if (_waiting.Count >= options.MaxWaiting)
                return false;
            _waiting.Enqueue(call);
            if (_running == options.MaxConcurrentRequests)
                return true;
            _running++;
        }

        // Not on the caller's scheduler: a pump outlives the call that started it, and serves other callers.
        ThreadPool.UnsafeQueueUserWorkItem(static lane => _ = lane.PumpAsync(), this, preferLocal: false);
        return true;
    }

    async Task PumpAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (TakeBatch(out var firstId) is { } batch)
        {
            try
            {
                await SendAsync(batch, firstId, buffer).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A bug here belongs to the callers of this batch; the lane goes on serving the others.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                foreach (var call in batch)
                    call.Fail(bug);
            }
        }
    }

    List<RpcCall>? TakeBatch(out long firstId)
    {
        lock (_gate)
        {
            List<RpcCall>? batch = null;
            while ((batch?.Count ?? 0) < options.MaxBatch && _waiting.TryDequeue(out var call))
            {
                if (!call.IsAbandoned)
                    (batch ??= []).Add(call);
            }

            firstId = _nextId;
            _nextId += batch?.Count ?? 0;
            if (batch is null)
                _running--;
            return batch;
        }
    }

    async Task SendAsync(List<RpcCall> batch, long firstId, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        Write(buffer, batch, firstId);
        using var deadline = new CancellationTokenSource(LongestWait(batch), time);
        RpcAnswer failure;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
            request.Content = new ReadOnlyMemoryContent(buffer.WrittenMemory);
            request.Content.Headers.ContentType = _json;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            _pause.Heed(response);
            var body = await BoundedBody.ReadAsync(response, options.MaxResponseBytes, deadline.Token).ConfigureAwait(false);
            if (body is null)
            {
                failure = RpcAnswer.Invalid($"it is longer than {options.MaxResponseBytes} bytes");
            }
            else if (!response.IsSuccessStatusCode && !LooksLikeJsonRpc(body.Value))
            {
                failure = RpcAnswer.Unreachable($"HTTP status {(int)response.StatusCode}");
            }
            else
            {
                Distribute(body.Value, batch, firstId);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // Our deadline, or HttpClient's own.
            failure = RpcAnswer.TimedOut;
        }
        catch (HttpRequestException fault)
        {
            failure = RpcAnswer.Unreachable(fault.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            failure = RpcAnswer.Unreachable("the connection broke");
        }

        foreach (var call in batch)
            call.Complete(failure);
    }

    static void Distribute(ReadOnlyMemory<byte> body, List<RpcCall> batch, long firstId)
    {
        var answers = new RpcAnswer?[batch.Count];
        RpcResponseReader.Read(body, firstId, answers);
        for (var i = 0; i < answers.Length; i++)
            batch[i].Complete(answers[i]!.Value);
    }

    // Some nodes answer a refused call with HTTP 4xx or 5xx and a proper error object.
    static bool LooksLikeJsonRpc(ReadOnlyMemory<byte> body)
    {
        var text = body.Span.TrimStart(" \t\r\n"u8);
        return text.StartsWith("{"u8) && text.IndexOf("\"jsonrpc\""u8) >= 0;
    }

    static void Write(ArrayBufferWriter<byte> buffer, List<RpcCall> batch, long firstId)
    {
        using var json = new Utf8JsonWriter(buffer, _writing);
        if (batch.Count > 1)
            json.WriteStartArray();
        for (var i = 0; i < batch.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteNumber("id"u8, firstId + i);
            json.WriteString("method"u8, batch[i].Method);
            json.WritePropertyName("params"u8);
            json.WriteRawValue(batch[i].Parameters.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        if (batch.Count > 1)
            json.WriteEndArray();
    }

    TimeSpan LongestWait(List<RpcCall> batch)
    {
        var longest = TimeSpan.Zero;
        foreach (var call in batch)
        {
            var left = call.Timeout - time.GetElapsedTime(call.StartedAt);
            if (left > longest)
                longest = left;
        }

        return longest;
    }
}
