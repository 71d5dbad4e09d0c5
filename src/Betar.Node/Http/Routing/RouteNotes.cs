namespace Betar.Node.Http.Routing;

/// <summary>What the API's document says of a route.</summary>
/// <param name="Id">The operation's id, unique in the document.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record RouteNotes(string Id, string Summary)
{
    /// <summary>Names of the parameters after the question mark, and what each means.</summary>
    public IReadOnlyList<(string Name, string Type, string Meaning)> Query { get; init; } = [];

    /// <summary>Fields of the body: name, JSON type, whether it must be there, what it means. Empty: no body.</summary>
    public IReadOnlyList<(string Name, string Type, bool Required, string Meaning)> Body { get; init; } = [];

    /// <summary>Fields of the answer; of one item where it is a page.</summary>
    public IReadOnlyList<(string Name, string Type)> Answer { get; init; } = [];

    public bool IsPaged { get; init; }

    public string AnswerType { get; init; } = ApiAnswer.JsonType;
}
