using System.Security.Cryptography;
using System.Text;
using Betar.Node.Errors;
using Betar.Node.Http.Routing;
using Betar.Storage.Idempotency;

namespace Betar.Node.Http.Guarding;

/// <summary>One Idempotency-Key of one caller is one request: its repeats get the first one's answer and do nothing.</summary>
internal sealed class RepeatedRequests(DurableIdempotency store)
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    public async Task<ApiAnswer> AroundAsync(ApiRoute route, ApiRequest request, ReadOnlyMemory<byte> body)
    {
        if (!route.IsRepeatable || request.Context.Request.Headers[Header] is not { Count: > 0 } sent)
            return await route.Handler(request);
        string name = sent.ToString();
        if (name.Length is 0 or > MaxLength || !name.All(char.IsAscii))
            return ApiAnswer.Refused(ErrorCatalog.BadBody.Refuse($"The {Header} has not 1 to {MaxLength} ASCII characters"));
        byte[] key = Hash(request.Caller.Name, name);
        IdempotencyEntry entry = await store.BeginAsync(key, Fingerprint(route, request, body), request.Aborted);
        return entry.State switch
        {
            IdempotencyState.First => await DoAsync(route, request, key),
            IdempotencyState.Done => new ApiAnswer(entry.Answer!.Status, entry.Answer.ContentType, entry.Answer.Body) { Headers = [new("Idempotent-Replayed", "true")] },
            IdempotencyState.UnderWay => ApiAnswer.Refused(ErrorCatalog.KeyInUse.Refuse($"The request with {Header} {VisibleText.Of(name)} is not done yet")) with { Headers = [new("Retry-After", "1")] },
            IdempotencyState.Conflict => ApiAnswer.Refused(ErrorCatalog.KeyReused.Refuse($"{Header} {VisibleText.Of(name)} was sent with another request")),
            _ => ApiAnswer.Refused(ErrorCatalog.KeysFull.Refuse("This node keeps as many keys as it may")),
        };
    }

    /// <summary>The same key names the same purchase also where the answer was lost in a crash.</summary>
    public static string PurchaseId(ApiRequest request, string name) => "key-" + Convert.ToHexStringLower(Hash(request.Caller.Name, name))[..32];

    private async Task<ApiAnswer> DoAsync(ApiRoute route, ApiRequest request, byte[] key)
    {
        bool isKept = false;
        try
        {
            ApiAnswer answer = await route.Handler(request);
            if (answer.Refusal is null && answer.Stream is null && answer.Status < 500)
            {
                await store.CompleteAsync(key, new KeptAnswer(answer.Status, answer.ContentType, answer.Body));
                isKept = true;
            }

            return answer;
        }
        finally
        {
            // What was refused or broke may be tried again under the same name.
            if (!isKept)
                await store.ReleaseAsync(key);
        }
    }

    private static byte[] Fingerprint(ApiRoute route, ApiRequest request, ReadOnlyMemory<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{route.Method} {route.Pattern}\n{string.Join('\n', request.Values.Values.Select(Uri.EscapeDataString))}\n"));
        hash.AppendData(body.Span);
        return hash.GetHashAndReset();
    }

    private static byte[] Hash(string caller, string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{name}"));
}
