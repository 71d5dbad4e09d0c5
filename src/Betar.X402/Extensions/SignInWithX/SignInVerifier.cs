using System.Globalization;
using Betar.Ethereum.Eip712;
using Betar.X402.Schemes;

namespace Betar.X402.Extensions.SignInWithX;

/// <summary>Whether an account signed in here, now and for the first time with this nonce. Cheap checks first, the nonce last: a forged message uses none up.</summary>
public sealed class SignInVerifier
{
    private readonly SignInOptions _options;
    private readonly ISignInNonces _nonces;
    private readonly TimeProvider _time;

    public SignInVerifier(SignInOptions options, ISignInNonces nonces, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_options, _nonces, _time) = (options, nonces, time);
    }

    public async Task<SignInVerdict> CheckAsync(SignInPayload payload, CancellationToken cancellationToken)
    {
        var fault = CheckPlace(payload.Message);
        fault = fault == SignInFault.None ? CheckTimes(payload.Message, _time.GetUtcNow()) : fault;
        fault = fault == SignInFault.None && !IsSigned(payload) ? SignInFault.Signature : fault;
        return new SignInVerdict(
            fault == SignInFault.None && !await _nonces.TryUseAsync(payload.Message.Nonce, cancellationToken) ? SignInFault.Nonce : fault);
    }

    private SignInFault CheckPlace(SignInMessage message)
    {
        if (message.Domain != _options.Origin.Authority)
        {
            return SignInFault.Domain;
        }

        if (!Uri.TryCreate(message.Uri, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != _options.Origin.GetLeftPart(UriPartial.Authority))
        {
            return SignInFault.Uri;
        }

        return _options.Networks.Contains(new NetworkId(message.ChainId)) ? SignInFault.None : SignInFault.Chain;
    }

    private SignInFault CheckTimes(SignInMessage message, DateTimeOffset now)
    {
        if (!TryTime(message.IssuedAt, out var issued))
        {
            return SignInFault.IssuedAt;
        }

        if (now - issued > _options.MaxAge)
        {
            return SignInFault.TooOld;
        }

        if (issued - now > _options.ClockTolerance)
        {
            return SignInFault.InFuture;
        }

        if (message.ExpirationTime is { } expiration)
        {
            if (!TryTime(expiration, out var end))
            {
                return SignInFault.ExpirationTime;
            }

            if (end <= now)
            {
                return SignInFault.Expired;
            }
        }

        if (message.NotBefore is { } notBefore)
        {
            return !TryTime(notBefore, out var begin) ? SignInFault.NotBefore : begin - now > _options.ClockTolerance ? SignInFault.NotYetValid : SignInFault.None;
        }

        return SignInFault.None;
    }

    private static bool IsSigned(SignInPayload payload) =>
        TypedSignature.Read(payload.Signature, null, out var signature).IsAccepted
        && TypedSignature.IsBy(payload.Message.Address, PersonalMessage.Digest(payload.Message.ToText()), signature);

    // RFC 3339, with the zone: a time without one is another time elsewhere.
    private static bool TryTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text,
        ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out time);
}
