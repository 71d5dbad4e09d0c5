using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Identity;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>A case of our host against a js-libp2p node; each one counts.</summary>
[Collection(PartnerCollection.Name)]
public abstract class InteropCase
{
    protected InteropCase(PartnerFixture partner)
    {
        Partner = partner;
        partner.CountCase();
    }

    private protected PartnerFixture Partner { get; }

    private protected CancellationToken Patience { get; } = new CancellationTokenSource(PartnerProcess.Patience).Token;

    /// <summary>Our host and a node of theirs, connected in that way.</summary>
    private protected async Task<Pair> ConnectAsync(Way way)
    {
        var ours = await OurHost.StartAsync(way.Listen, options =>
        {
            options.Securities = [way.SecurityProtocol];
            options.EarlyMuxer = way.OurEarly;
        });
        var theirs = await Partner.StartAsync(new
        {
            security = new[] { way.Security },
            earlyMuxer = way.TheirEarly,
            listen = new[] { way.Listen },
            trust = ServerCertificate.Pem,
            ws = ServerCertificate.ForPartner,
        });
        var pair = new Pair(ours, theirs);
        await pair.ConnectAsync(way.WeDial);
        return pair;
    }

    private protected Task<Pair> ConnectAsync(bool weDial = true) => ConnectAsync(Way.Plain(weDial));

    private protected sealed class Pair(OurHost ours, PartnerNode theirs) : IAsyncDisposable
    {
        public OurHost Ours => ours;

        public PartnerNode Theirs => theirs;

        public PeerId TheirId { get; } = PeerId.Parse(theirs.PeerId);

        public async Task ConnectAsync(bool weDial)
        {
            if (weDial)
                await ours.DialAsync(theirs.Address);
            else
                await theirs.DialAsync(ours.Address);
            await ours.SawAsync(Betar.Libp2p.Events.HostEventKind.Connected);
        }

        public async ValueTask DisposeAsync()
        {
            await theirs.DisposeAsync();
            await ours.DisposeAsync();
        }
    }
}
