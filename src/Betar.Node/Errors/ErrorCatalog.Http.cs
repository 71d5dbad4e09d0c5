namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry HostRefused { get; } = new("BTR-1040", "the request names another host",
        "ask the node by its address, or name the host with --http-host")
    {
        HttpStatus = 403,
    };

    public static ErrorEntry OriginRefused { get; } = new("BTR-1041", "pages of that origin may not ask this node", "allow the origin with --http-origin")
    {
        HttpStatus = 403,
    };

    public static ErrorEntry TokenNeeded { get; } = new("BTR-1042", "a token is needed",
        "make one with betar token new and send it as Authorization: Bearer TOKEN")
    {
        HttpStatus = 401,
    };

    public static ErrorEntry RoleTooLow { get; } = new("BTR-1043", "the token's role does not allow this", "make a token of that role with betar token new --role")
    {
        HttpStatus = 403,
    };

    public static ErrorEntry NotJson { get; } = new("BTR-1044", "the body is not sent as JSON", "send it with Content-Type: application/json")
    {
        HttpStatus = 415,
    };

    public static ErrorEntry BodyTooLong { get; } = new("BTR-1045", "the body is too long", "send less, or start the node with a larger --http-max-body")
    {
        HttpStatus = 413,
    };

    public static ErrorEntry TooManyRequests { get; } = new("BTR-1046", "too many requests", "wait as long as Retry-After says")
    {
        HttpStatus = 429,
    };

    public static ErrorEntry RouteUnknown { get; } = new("BTR-1047", "there is nothing at that path", "see docs/http.md for what can be asked")
    {
        HttpStatus = 404,
    };

    public static ErrorEntry MethodRefused { get; } = new("BTR-1048", "the path cannot be asked by that method", "use one that Allow names")
    {
        HttpStatus = 405,
    };

    public static ErrorEntry BadBody { get; } = new("BTR-1049", "the body cannot be understood", "send a JSON object with the fields of docs/http.md")
    {
        HttpStatus = 400,
    };

    public static ErrorEntry BadCursor { get; } = new("BTR-1050", "the cursor is not that of a page of this list", "leave it out to begin again")
    {
        HttpStatus = 400,
    };

    public static ErrorEntry KeyReused { get; } = new("BTR-1051", "the idempotency key belongs to another request", "use a new key for a new request")
    {
        HttpStatus = 422,
    };

    public static ErrorEntry KeyInUse { get; } = new("BTR-1052", "the first request with this idempotency key is still under way", "ask again in a moment")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry KeysFull { get; } = new("BTR-1053", "there is no room for another idempotency key", "wait until old ones are forgotten")
    {
        HttpStatus = 503,
    };

    public static ErrorEntry TooManyListeners { get; } = new("BTR-1054", "too many listen already", "close one of the streams")
    {
        HttpStatus = 503,
    };

    public static ErrorEntry SpendCapReached { get; } = new("BTR-1055", "callers without a token have spent what they may",
        "use a token, or start the node again with a larger --api-legacy-cap")
    {
        HttpStatus = 403,
    };

    public static ErrorEntry HttpNotGuarded { get; } = new("BTR-1056", "HTTP would be open to other machines", "give --api-token, or listen on 127.0.0.1");

    public static ErrorEntry BadToken { get; } = new("BTR-1057", "the token cannot be used", "give 24 to 512 characters that nobody can guess, such as betar token new prints");

    public static ErrorEntry TokenFileWrong { get; } = new("BTR-1058", "the file of tokens cannot be read", "restore it, or remove it and make new tokens");

    private static ErrorEntry[] HttpErrors() =>
    [
        HostRefused, OriginRefused, TokenNeeded, RoleTooLow, NotJson, BodyTooLong, TooManyRequests, RouteUnknown, MethodRefused, BadBody, BadCursor,
        KeyReused, KeyInUse, KeysFull, TooManyListeners, SpendCapReached, HttpNotGuarded, BadToken, TokenFileWrong,
    ];
}
