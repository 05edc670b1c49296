# The program alone, with nothing but a C library under it:
#   docker build -t nearfar .
#   docker run --rm -u "$(id -u):$(id -g)" -v "$PWD:/pictures" nearfar mix near.jpg far.jpg
FROM rust:1.95-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo install --locked --path crates/nearfar-cli --root /built

FROM debian:bookworm-slim
COPY --from=build /built/bin/nearfar /usr/local/bin/nearfar
WORKDIR /pictures
ENTRYPOINT ["nearfar"]
