using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Grains.Listings;
using Betar.Marketplace.Selling;
using Betar.Node.Composition;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.Storage.Peers;

namespace Betar.Node.Presence;

/// <summary>What every host of the fleet is opened with, whichever silo opens it.</summary>
/// <param name="Folder">Whose identity is shown, and where the marketplace is kept.</param>
/// <param name="Peers">Where peers are remembered.</param>
/// <param name="Finding">How others are found.</param>
/// <param name="Listings">Open as long as the host is.</param>
/// <param name="Offers">What is listed.</param>
/// <param name="OfferOf">How an agent is listed.</param>
/// <param name="Context">What the process shares.</param>
internal sealed record PresenceSite(
    DataFolder Folder, IPeerTable Peers, NetworkOptions Finding, ListingDesk Listings, IOfferBook Offers, Func<AgentSpec, ListingOffer> OfferOf, NodeContext Context);
