using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>The filter of eth_getLogs: any of several addresses, and for each position any of several topics.</summary>
internal sealed class LogQuery
{
    const int MaxAlternatives = 1_000;
    const int MaxPositions = 4;

    readonly List<Address> _addresses = [];
    readonly List<List<Hash32>?> _topics = [];

    internal BlockTag From { get; private set; } = BlockTag.Latest;

    internal BlockTag To { get; private set; } = BlockTag.Latest;

    internal Hash32? BlockHash { get; private set; }

    internal bool MatchesAddress(Address address) => _addresses.Count == 0 || _addresses.Contains(address);

    internal bool Matches(in TokenLog log)
    {
        // Every event here has three topics: a filter for a fourth finds nothing.
        for (var i = 0; i < _topics.Count; i++)
        {
            if (_topics[i] is { } wanted && (i > 2 || !wanted.Contains(log.Topic(i))))
                return false;
        }

        return _topics.Count <= 3;
    }

    /// <summary>The authorisations whose use or end is all that this asks for, or null when it asks for more or for too many.</summary>
    internal List<AuthorizationKey>? FindAuthorizations()
    {
        if (_topics is not [{ } events, { } authorizers, { } nonces] || authorizers.Count * nonces.Count > MaxAlternatives
            || events.Exists(topic => topic != TokenAbi.AuthorizationUsedTopic && topic != TokenAbi.AuthorizationCanceledTopic))
            return null;

        var keys = new List<AuthorizationKey>();
        foreach (var topic in authorizers)
        {
            if (TokenTopics.TryReadAddress(topic, out var authorizer))
                keys.AddRange(nonces.Select(nonce => new AuthorizationKey(authorizer, nonce)));
        }

        return keys;
    }

    internal static LogQuery? TryRead(ref Utf8JsonReader reader)
    {
        var query = new LogQuery();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var fits = true;
            if (reader.IsText("fromBlock"u8))
            {
                fits = TryReadBlock(ref reader, out var block);
                query.From = block;
            }
            else if (reader.IsText("toBlock"u8))
            {
                fits = TryReadBlock(ref reader, out var block);
                query.To = block;
            }
            else if (reader.IsText("blockHash"u8))
            {
                reader.Read();
                fits = reader.TryGetHash32(out var hash);
                query.BlockHash = hash;
            }
            else if (reader.IsText("address"u8))
            {
                reader.Read();
                fits = query.TryReadAddresses(ref reader);
            }
            else if (reader.IsText("topics"u8))
            {
                reader.Read();
                fits = query.TryReadTopics(ref reader);
            }
            else
            {
                reader.Skip();
            }

            if (!fits)
                return null;
        }

        return query;
    }

    static bool TryReadBlock(ref Utf8JsonReader reader, out BlockTag block)
    {
        block = BlockTag.Latest;
        reader.Read();
        return reader.TokenType == JsonTokenType.Null || ParameterReader.TryGetBlock(ref reader, out block);
    }

    bool TryReadAddresses(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.StartArray)
            return TryAddAddress(ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!TryAddAddress(ref reader))
                return false;
        }

        return true;
    }

    bool TryAddAddress(ref Utf8JsonReader reader)
    {
        if (_addresses.Count == MaxAlternatives || !reader.TryGetAddress(out var address))
            return false;
        _addresses.Add(address);
        return true;
    }

    bool TryReadTopics(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_topics.Count == MaxPositions || !TryReadPosition(ref reader, out var wanted))
                return false;
            _topics.Add(wanted);
        }

        return true;
    }

    static bool TryReadPosition(ref Utf8JsonReader reader, out List<Hash32>? wanted)
    {
        wanted = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        wanted = [];
        if (reader.TokenType != JsonTokenType.StartArray)
            return TryAddTopic(ref reader, wanted);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!TryAddTopic(ref reader, wanted))
                return false;
        }

        // An empty choice means any, as other nodes have it.
        wanted = wanted.Count == 0 ? null : wanted;
        return true;
    }

    static bool TryAddTopic(ref Utf8JsonReader reader, List<Hash32> wanted)
    {
        if (wanted.Count == MaxAlternatives || !reader.TryGetHash32(out var topic))
            return false;
        wanted.Add(topic);
        return true;
    }
}
