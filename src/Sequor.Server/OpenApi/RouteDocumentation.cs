using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sequor.Server.Faults;

namespace Sequor.Server.OpenApi;

/// <summary>Says of a route what the document tells of it.</summary>
internal static class RouteDocumentation
{
    /// <summary>Names and describes a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">Its name, unique among all: what generated clients call the method.</param>
    /// <param name="group">What it is listed under.</param>
    /// <param name="summary">What it does, in one line.</param>
    /// <param name="description">What should be known before it is asked.</param>
    internal static RouteHandlerBuilder Documented(this RouteHandlerBuilder route, string name, string group, string summary, string description) =>
        route.WithName(name).WithTags(group).WithSummary(summary).WithDescription(description);

    /// <summary>Shows requests that work.</summary>
    /// <param name="route">The route.</param>
    /// <param name="examples">The requests.</param>
    internal static RouteHandlerBuilder WithExamples(this RouteHandlerBuilder route, params RequestExample[] examples) => route.WithMetadata([.. examples]);

    /// <summary>Names the ways in which a route can fail, besides 500.</summary>
    /// <param name="route">The route.</param>
    /// <param name="statuses">The statuses of its faults.</param>
    internal static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (int status in statuses.Append(StatusCodes.Status500InternalServerError))
        {
            route.Produces<ErrorBody>(status);
        }

        return route;
    }

    /// <summary>Names the ways in which every route can fail that does work: wrong input, key, too large, too often, nothing free.</summary>
    /// <param name="route">The route.</param>
    /// <param name="more">Further statuses.</param>
    internal static RouteHandlerBuilder FailsAtWork(this RouteHandlerBuilder route, params int[] more) => route.Fails([.. ((int[])
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status429TooManyRequests,
        StatusCodes.Status503ServiceUnavailable, .. more,
    ]).Order()]);
}
