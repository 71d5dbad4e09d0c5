namespace Betar.Node.Http.Operations;

/// <summary>Which role an operation needs when it is called by its name. One that is not known here may spend, for all we know.</summary>
internal static class OperationRoles
{
    private static readonly string[] s_readers =
        ["list", "show", "search", "why", "verify", "progress", "changes", "status", "local", "balance", "peers", "scores", "topics", "schema", "export", "quote", "get", "overview"];

    private static readonly string[] s_operators = ["cancel", "forget", "retire", "register", "revoke", "reload", "drain", "retry", "add", "remove", "accept", "complete", "read"];

    public static ApiRole Of(string operation)
    {
        string verb = operation[(operation.LastIndexOf('.') + 1)..];
        return operation == "wallet" || s_readers.Contains(verb) ? ApiRole.Read : s_operators.Contains(verb) ? ApiRole.Operate : ApiRole.Spend;
    }
}
