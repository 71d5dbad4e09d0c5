using System.Security.Cryptography;
using Betar.Node.Errors;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http.Tokens;

/// <summary>Knows tokens by their hashes. A token that is made or withdrawn while the node runs counts from the next request on.</summary>
internal sealed partial class ApiTokens(byte[]? own, ApiTokenFile file, ILogger<ApiTokens> log)
{
    private const string Operator = "operator";

    private readonly Lock _lock = new();
    private (DateTime, long) _stamp;
    private IReadOnlyList<ApiToken> _known = [];

    /// <summary>Null: nobody has this token.</summary>
    public ApiCaller? Find(string token)
    {
        if (token.Length is 0 or > TokenText.MostLength)
            return null;
        byte[] hash = TokenText.Hash(token);
        ApiCaller? found = own is not null && CryptographicOperations.FixedTimeEquals(hash, own) ? new ApiCaller(Operator, ApiRole.Spend) : null;

        // Every one is compared, whichever fits: how long it takes says nothing.
        foreach (ApiToken known in Known())
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known.Hash))
                found ??= new ApiCaller(known.Id, known.Role);
        }

        return found;
    }

    private IReadOnlyList<ApiToken> Known()
    {
        lock (_lock)
        {
            var stamp = file.Stamp;
            if (stamp == _stamp)
                return _known;
            Checked<IReadOnlyList<ApiToken>> read = file.Read();
            if (!read.IsOk)
                LogUnreadable(read.Refusal.Sentence);

            // A file that cannot be read lets nobody in.
            (_stamp, _known) = (stamp, read.IsOk ? read.Value : []);
            return _known;
        }
    }
}
