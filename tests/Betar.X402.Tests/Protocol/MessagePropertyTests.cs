using Betar.Tests.Shared;
using Betar.X402.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Betar.X402.Tests.Protocol;

/// <summary>Any message that can be made is read back as it was.</summary>
public class MessagePropertyTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithReplay((ulong)TestSeed.Value, 1UL).WithMaxTest(150);

    // Text on the wire is Unicode: half a surrogate pair cannot be written.
    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<char>()
        .Where(character => !char.IsSurrogate(character)).ListOf().Select(characters => new string([.. characters]));

    private static readonly Gen<byte[]> Body = ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => bytes ?? []);

    private static readonly Gen<Authorization?> Authorizations =
        from payer in Text
        from to in Text
        from value in Text
        from after in Text
        from before in Text
        from nonce in Text
        from present in Gen.Elements(true, true, true, false)
        select present ? new Authorization { From = payer, To = to, Value = value, ValidAfter = after, ValidBefore = before, Nonce = nonce } : null;

    private static readonly Gen<PaymentEnvelope?> Envelopes =
        from version in ArbMap.Default.GeneratorFor<long>()
        from scheme in Text
        from network in Text
        from nonce in Text
        from payer in Text
        from signature in Text
        from authorization in Authorizations
        from shape in Gen.Choose(0, 4)
        select shape == 0
            ? null
            : new PaymentEnvelope
            {
                X402Version = version, Scheme = scheme, Network = network, ServerNonce = nonce, Payer = payer,
                Payload = shape == 1 ? null : new ExactPayload { Signature = signature, Authorization = authorization },
            };

    [Fact]
    public void Requests()
    {
        var requests =
            from correlation in Text
            from resource in Text
            from method in Text
            from payment in Envelopes
            from body in Body
            from caller in Text
            select new X402Request { CorrelationId = correlation, Resource = resource, Method = method, Payment = payment, Body = body, CallerDid = caller };
        Check.One(Quick, Prop.ForAll(requests.ToArbitrary(), request =>
        {
            var read = MessageCodec.ParseRequest(MessageCodec.Write(request)).Value!;
            return read with { Body = default } == request with { Body = default } && read.Body.Span.SequenceEqual(request.Body.Span);
        }));
    }

    [Fact]
    public void Paid_requests()
    {
        var requests =
            from correlation in Text
            from payment in Envelopes
            from body in Body
            from caller in Text
            select new PaidRequest { CorrelationId = correlation, Payment = payment, Body = body, CallerDid = caller };
        Check.One(Quick, Prop.ForAll(requests.ToArbitrary(), request =>
        {
            var read = MessageCodec.ParsePaidRequest(MessageCodec.Write(request)).Value!;
            return read with { Body = default } == request with { Body = default } && read.Body.Span.SequenceEqual(request.Body.Span);
        }));
    }

    [Fact]
    public void Quotes()
    {
        var quotes =
            from correlation in Text
            from nonce in Text
            from expires in ArbMap.Default.GeneratorFor<long>()
            from message in Text
            from seller in Text
            from scheme in Text
            from amount in Text
            from timeout in ArbMap.Default.GeneratorFor<long>()
            from name in Text
            from shape in Gen.Choose(0, 3)
            select new PaymentRequired
            {
                CorrelationId = correlation, ChallengeNonce = nonce, ChallengeExpiresAt = expires, Message = message, SellerDid = seller,
                Requirements = shape == 0
                    ? null
                    : new PaymentRequirements
                    {
                        Scheme = scheme, Amount = amount, MaxTimeoutSeconds = timeout, Extra = shape == 1 ? null : new PaymentExtra(name, amount),
                    },
            };
        Check.One(Quick, Prop.ForAll(quotes.ToArbitrary(), quote => MessageCodec.ParsePaymentRequired(MessageCodec.Write(quote)).Value == quote));
    }

    [Fact]
    public void Responses_and_errors()
    {
        var responses =
            from correlation in Text
            from id in Text
            from hash in Text
            from body in Body
            from seller in Text
            select new X402Response { CorrelationId = correlation, PaymentId = id, TxHash = hash, Body = body, SellerDid = seller, SellerTokenId = id };
        Check.One(Quick, Prop.ForAll(responses.ToArbitrary(), response =>
        {
            var read = (X402Response)MessageCodec.ParseReply(MessageTypes.Response, MessageCodec.Write(response)).Value!;
            return read with { Body = default } == response with { Body = default } && read.Body.Span.SequenceEqual(response.Body.Span);
        }));
        var errors =
            from correlation in Text
            from code in ArbMap.Default.GeneratorFor<long>()
            from name in Text
            from message in Text
            from retryable in ArbMap.Default.GeneratorFor<bool>()
            select new X402Error { CorrelationId = correlation, ErrorCode = code, ErrorName = name, Message = message, Retryable = retryable };
        Check.One(Quick, Prop.ForAll(errors.ToArbitrary(), error => Equals(MessageCodec.ParseReply(MessageTypes.Error, MessageCodec.Write(error)).Value, error)));
    }

    [Fact]
    public void Bodies()
    {
        var tasks = from input in Text from resource in Text select new TaskBody(input, resource);
        Check.One(Quick, Prop.ForAll(tasks.ToArbitrary(), task => TaskBody.Parse(task.Write()).Value == task));
        Check.One(Quick, Prop.ForAll(Text.ToArbitrary(), output => OutputBody.Decode(OutputBody.Write(output)) == output));
    }
}
