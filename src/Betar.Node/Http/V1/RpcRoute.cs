using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Guarding;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Routing;

namespace Betar.Node.Http.V1;

/// <summary>Any operation by its name, for the command line of another machine. Each asks for the role that it needs.</summary>
internal sealed class RpcRoute(NodeOperations operations, TimeProvider time)
{
    private const string Pattern = "/v1/rpc/{operation}";

    public ApiRoute Route => new("POST", Pattern, ApiRole.Read, new StreamedWork(AnswerAsync, time).AnswerAsync)
    {
        IsRepeatable = true,
        Notes = new RouteNotes("callOperation", "Calls an operation of the node by its name, with its arguments as the body."),
    };

    private async Task<ApiAnswer> AnswerAsync(ApiRequest request)
    {
        string operation = request["operation"];
        if (ApiDoor.Require(request.Caller, OperationRoles.Of(operation), $"{VisibleText.Of(operation)}") is { } refusal)
            return ApiAnswer.Refused(refusal);
        Checked<JsonElement> answer = await operations.CallAsync(operation, request.Body, request.Aborted, request.Partial);
        return answer.IsOk ? ApiAnswer.Json(answer.Value) : ApiAnswer.Refused(answer.Refusal);
    }
}
