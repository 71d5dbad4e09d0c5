using Betar.Node.Http.V1;

namespace Betar.Node.Http.Routing;

/// <summary>What the API's document says of a route.</summary>
/// <param name="Id">The operation's id, unique in the document.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record RouteNotes(string Id, string Summary)
{
    public IReadOnlyList<ApiField> Query { get; init; } = [];

    /// <summary>Empty: no body.</summary>
    public IReadOnlyList<ApiField> Body { get; init; } = [];

    /// <summary>The field that tells the items of a list apart; null: the answer is no list.</summary>
    public string? PageKey { get; init; }

    /// <summary>The operation cuts its answer into pages itself.</summary>
    public bool IsCutByOperation { get; init; }

    /// <summary>How the list is read part by part, where the operation does not give all of it at once.</summary>
    public OperationPaging? Paging { get; init; }

    /// <summary>Of an answer that is no refusal.</summary>
    public int Status { get; init; } = 200;

    public string AnswerType { get; init; } = ApiAnswer.JsonType;
}
