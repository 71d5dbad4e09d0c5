using System.Collections.Frozen;

namespace Betar.Ethereum.Devnet;

/// <summary>Ids of chains whose money is real. A devnet under such an id could make signed payments that are good elsewhere.</summary>
internal static class ValueChains
{
    static readonly FrozenSet<ulong> _ids = new ulong[]
    {
        1,          // Ethereum
        10,         // OP Mainnet
        14,         // Flare
        25,         // Cronos
        30,         // Rootstock
        50,         // XDC
        56,         // BNB Smart Chain
        61,         // Ethereum Classic
        100,        // Gnosis
        122,        // Fuse
        130,        // Unichain
        137,        // Polygon
        143,        // Monad
        146,        // Sonic
        169,        // Manta
        204,        // opBNB
        250,        // Fantom
        252,        // Fraxtal
        288,        // Boba
        324,        // zkSync Era
        480,        // World Chain
        999,        // HyperEVM
        1088,       // Metis
        1101,       // Polygon zkEVM
        1116,       // Core
        1135,       // Lisk
        1284,       // Moonbeam
        1329,       // Sei
        1514,       // Story
        1868,       // Soneium
        2020,       // Ronin
        2741,       // Abstract
        4326,       // MegaETH
        5000,       // Mantle
        7000,       // ZetaChain
        8217,       // Kaia
        8453,       // Base
        9745,       // Plasma
        13371,      // Immutable
        33139,      // ApeChain
        34443,      // Mode
        42161,      // Arbitrum One
        42170,      // Arbitrum Nova
        42220,      // Celo
        43114,      // Avalanche
        48900,      // Zircuit
        57073,      // Ink
        59144,      // Linea
        60808,      // BOB
        80094,      // Berachain
        81457,      // Blast
        98866,      // Plume
        167000,     // Taiko
        534352,     // Scroll
        7777777,    // Zora
        1313161554, // Aurora
    }.ToFrozenSet();

    internal static bool Contains(ulong chainId) => _ids.Contains(chainId);
}
