using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Node.Errors;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Node.Demo.Interop;

/// <summary>The buyer that is nothing of ours: js-libp2p carries its frames, and viem signs its payments.</summary>
internal sealed class JsBuyer
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    private readonly JsPeer _peer;
    private readonly string _key;
    private readonly PaymentAsset _asset;
    private readonly TimeProvider _time;
    private string _seller = "";

    private JsBuyer(JsPeer peer, string key, Address account, PaymentAsset asset, TimeProvider time) =>
        (_peer, _key, Account, _asset, _time) = (peer, key, account, asset, time);

    public Address Account { get; }

    public string PeerId => _peer.PeerId;

    public static async Task<JsBuyer> CreateAsync(JsPeer peer, PaymentAsset asset, TimeProvider time, CancellationToken cancellationToken)
    {
        string key = "0x" + RandomNumberGenerator.GetHexString(64, lowercase: true);
        JsonElement account = await peer.AskAsync("account", writer => writer.WriteString("key", key), cancellationToken);
        return new JsBuyer(peer, key, Address.Parse(account.GetProperty("address").GetString()!), asset, time);
    }

    public async Task DialAsync(Multiaddr seller, CancellationToken cancellationToken)
    {
        _seller = seller.Peer!.ToString()!;
        await _peer.AskAsync("dial", writer => writer.WriteString("address", seller.ToString()), cancellationToken);
    }

    public async Task<IReadOnlyList<Listing>> ListAsync(CancellationToken cancellationToken)
    {
        JsonElement answer = await _peer.AskAsync("list", WritePeer, cancellationToken);
        byte[] listed = Encoding.UTF8.GetBytes(answer.GetProperty("listings").GetRawText());
        return ListingJson.TryDecodeAnswers(listed, new ListingLimits(), DemoAgents.Count + 1, out List<Listing>? listings) ? listings : [];
    }

    /// <summary>Asks for the price, and signs what is demanded.</summary>
    /// <param name="agent">As it is listed.</param>
    /// <param name="input">The task.</param>
    /// <param name="writeTampering">What it does otherwise than an honest buyer.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<JsPayment> SignAsync(Listing agent, string input, Action<Utf8JsonWriter>? writeTampering, CancellationToken cancellationToken)
    {
        string correlation = Guid.NewGuid().ToString();
        long started = Stopwatch.GetTimestamp();
        JsonElement quoted = await _peer.AskAsync("quote", writer =>
        {
            WritePeer(writer);
            WriteTask(writer);
        }, cancellationToken);
        TimeSpan quoting = Stopwatch.GetElapsedTime(started);
        JsonElement demand = quoted.GetProperty("message");
        if (quoted.GetProperty("type").GetString() != "x402.payment_required")
            throw new CliRefusedException(ErrorCatalog.DemoFailed.Refuse($"The seller demanded no payment: {demand}"));

        started = Stopwatch.GetTimestamp();
        JsonElement signed = await _peer.AskAsync("sign", writer =>
        {
            writer.WriteString("key", _key);
            writer.WritePropertyName("demand");
            demand.WriteTo(writer);
            WriteTask(writer);
            writeTampering?.Invoke(writer);
        }, cancellationToken);
        TimeSpan signing = Stopwatch.GetElapsedTime(started);
        JsonElement requirements = demand.GetProperty("payment_requirements");
        JsonElement terms = signed.GetProperty("payment").GetProperty("payload").GetProperty("authorization");
        return new JsPayment(
            signed.GetProperty("frame").GetString()!,
            new PaymentKey(_asset.Network, _asset.Address, Account, Nonce.Parse(terms.GetProperty("nonce").GetString()!)),
            requirements.GetProperty("amount").GetString()!, requirements.GetProperty("payTo").GetString()!, quoting, signing);

        void WriteTask(Utf8JsonWriter writer)
        {
            writer.WriteString("resource", agent.Id);
            writer.WriteString("input", input);
            writer.WriteString("correlation", correlation);
        }
    }

    /// <summary>Null when the seller went away.</summary>
    public async Task<JsAnswer?> ShowAsync(JsPayment payment, CancellationToken cancellationToken) =>
        await _peer.TryAskAsync("show", writer =>
        {
            WritePeer(writer);
            writer.WriteString("frame", payment.Frame);
        }, cancellationToken) is { } answer ? JsAnswer.Read(answer) : null;

    /// <summary>The same payment until the answer is an end.</summary>
    public async Task<JsAnswer> ShowToTheEndAsync(JsPayment payment, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ShowAsync(payment, cancellationToken) is { Retryable: false } answer)
                return answer;
            await Task.Delay(s_look, _time, cancellationToken);
        }
    }

    private void WritePeer(Utf8JsonWriter writer) => writer.WriteString("peer", _seller);
}
