using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Extensions.SignInWithX;
using Betar.X402.Selling;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Betar.X402.Http.Selling;

/// <summary>Buyers who sign in get what they bought again (extension "sign-in-with-x"), where a resource allows it.</summary>
public sealed class BuyerSignIn
{
    private readonly SignInOptions _options;
    private readonly ISignInNonces _nonces;
    private readonly IBoughtAnswers _bought;
    private readonly TimeProvider _time;
    private readonly SignInVerifier _verifier;

    public BuyerSignIn(SignInOptions options, ISignInNonces nonces, IBoughtAnswers bought, TimeProvider time)
    {
        (_options, _nonces, _bought, _time) = (options, nonces, bought, time);
        _verifier = new SignInVerifier(options, nonces, time);
    }

    /// <summary>The invitation, with a nonce of its own.</summary>
    internal async Task<JsonElement> InviteAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var nonce = await _nonces.IssueAsync(now + _options.MaxAge, cancellationToken);
        return SignInExtension.Declaration(_options, new Uri(_options.Origin, request.GetEncodedPathAndQuery()), nonce, now);
    }

    /// <summary>Who signed in, or why nobody did; null without a sign-in.</summary>
    internal async Task<(Address Buyer, string? Reason)?> ReadAsync(HttpRequest request, WireLimits limits, CancellationToken cancellationToken)
    {
        var values = request.Headers[SignInPayload.HeaderName];
        if (values.Count == 0)
        {
            return null;
        }

        if (values.Count > 1 || SignInPayload.ParseHeader(values[0] ?? "", limits) is not { IsOk: true } payload)
        {
            return (default, WireReasons.InvalidPayload);
        }

        var verdict = await _verifier.CheckAsync(payload.Value, cancellationToken);
        return (payload.Value.Message.Address, verdict.IsValid ? null : verdict.Reason);
    }

    /// <summary>What this buyer paid for with this request, if it went well.</summary>
    internal async Task<StoredAnswer?> FindAsync(Address buyer, Hash32 fingerprint, CancellationToken cancellationToken) =>
        await _bought.FindAsync(buyer, fingerprint, cancellationToken) is { Status: < StatusCodes.Status500InternalServerError } answer ? answer : null;
}
