using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Serialization.Invocation;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class ResponseTests
{
    [Fact]
    public void A_completed_call_has_nothing_to_say()
    {
        var response = SerializerHost.RoundTrip(Response.Completed);
        Assert.Same(Response.Completed, response);
        Assert.Same(CompletedResponse.Instance, SerializerHost.Copier.Copy(response));
        Assert.Null(response.Result);
        Assert.Null(response.Exception);
        Assert.Null(response.GetResult<object>());
        Assert.Null(response.GetSimpleResultType());
        Assert.Equal("[Completed]", response.ToString());
        Assert.Throws<InvalidOperationException>(() => response.Result = 1);
        Assert.Throws<InvalidOperationException>(() => response.Exception = new TimeoutException());
        response.Dispose();
    }

    [Fact]
    public void A_value_is_carried_without_a_box()
    {
        var response = SerializerHost.RoundTrip(Response.FromResult(5));
        Assert.Equal(5, Assert.IsType<Response<int>>(response).TypedResult);
        Assert.Equal((5, 5), (response.Result, response.GetResult<int>()));
        Assert.Equal(typeof(int), response.GetSimpleResultType());
        Assert.Null(response.Exception);
        Assert.Equal("5", response.ToString());
        response.Result = 6;
        Assert.Equal(6, response.GetResult<int>());
        Assert.Throws<InvalidOperationException>(() => response.Exception = new TimeoutException());
        response.Dispose();
        Assert.Equal(0, response.GetResult<int>());
    }

    [Fact]
    public void A_value_may_be_asked_for_as_something_more_general()
    {
        var response = Response.FromResult("text");
        Assert.Equal("text", response.GetResult<object>());
        Assert.Equal("text", response.GetResult<IEnumerable<char>>());
        Assert.Throws<InvalidCastException>(() => response.GetResult<int>());
    }

    [Fact]
    public void Null_is_a_value_too()
    {
        var response = SerializerHost.RoundTrip(Response.FromResult<string?>(null));
        Assert.IsType<Response<string>>(response);
        Assert.Null(response.GetResult<string?>());
        Assert.Equal("[null]", response.ToString());
        Assert.Null(SerializerHost.Copier.Copy(response).Result);
        Assert.Null(SerializerHost.RoundTrip(Response.FromResult<int?>(null)).GetResult<int?>());
    }

    [Fact]
    public void A_copy_of_a_response_owns_its_value()
    {
        var plain = new Plain { Number = 3 };
        var copy = SerializerHost.Copier.Copy(Response.FromResult(plain)).GetResult<Plain>();
        Assert.NotSame(plain, copy);
        Assert.Equal(3, copy.Number);
    }

    [Fact]
    public void An_exception_is_thrown_to_whoever_asks_for_the_result()
    {
        var response = SerializerHost.RoundTrip(Response.FromException(new TimeoutException("m")));
        Assert.Equal("m", Assert.IsType<TimeoutException>(response.Exception).Message);
        Assert.Throws<TimeoutException>(() => response.Result);
        Assert.Throws<TimeoutException>(() => response.GetResult<int>());
        Assert.Throws<InvalidOperationException>(() => response.Result = 1);
        Assert.Contains("TimeoutException", response.ToString(), StringComparison.Ordinal);
        response.Dispose();
        Assert.Null(response.Exception);
    }

    [Fact]
    public void A_large_generic_value()
    {
        var map = new Dictionary<string, List<Position>> { ["a"] = [new(1, "n", 2)] };
        Assert.Equal(map["a"], SerializerHost.RoundTrip(Response.FromResult(map)).GetResult<Dictionary<string, List<Position>>>()["a"]);
    }
}
