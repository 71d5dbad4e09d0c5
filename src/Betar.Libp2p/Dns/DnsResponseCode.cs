namespace Betar.Libp2p.Dns;

/// <summary>What a server says of a question; other values are failures too.</summary>
internal enum DnsResponseCode
{
    NoError = 0,

    /// <summary>The server does not understand the question, perhaps its extension.</summary>
    FormatError = 1,
    ServerFailure = 2,

    /// <summary>There is no such name.</summary>
    NameError = 3,
    Refused = 5,
}
